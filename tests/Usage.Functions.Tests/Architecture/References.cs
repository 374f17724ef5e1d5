using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Usage.Functions.Tests.Architecture;

/// <summary>
/// What code mentions: types and members in bases, signatures, attributes and method bodies. Constants are not among them: the compiler
/// puts their values in their place.
/// </summary>
internal static class References
{
    /// <summary>The type itself and everything in it, nested types included.</summary>
    public static IEnumerable<MemberReference> OfWhole(TypeDefinition type) =>
        OfHead(type)
            .Concat(type.Fields.SelectMany(Of))
            .Concat(type.Properties.SelectMany(property => OfAttributes(property)))
            .Concat(type.Events.SelectMany(e => OfAttributes(e).Concat(Of(e.EventType))))
            .Concat(type.Methods.SelectMany(Of))
            .Concat(type.NestedTypes.SelectMany(OfWhole));

    /// <summary>Bases, interfaces, constraints and attributes.</summary>
    public static IEnumerable<MemberReference> OfHead(TypeDefinition type) =>
        Of(type.BaseType)
            .Concat(type.Interfaces.SelectMany(i => Of(i.InterfaceType)))
            .Concat(OfParameters(type))
            .Concat(OfAttributes(type));

    public static IEnumerable<MemberReference> Of(FieldDefinition field) => Of(field.FieldType).Concat(OfAttributes(field));

    public static IEnumerable<MemberReference> Of(MethodDefinition method) =>
        OfSignature(method)
            .Concat(OfAttributes(method))
            .Concat(OfAttributes(method.MethodReturnType))
            .Concat(method.Parameters.SelectMany(OfAttributes))
            .Concat(OfParameters(method))
            .Concat(method.Overrides.SelectMany(Of))
            .Concat(method.HasBody ? OfBody(method.Body) : []);

    private static IEnumerable<MemberReference> OfBody(MethodBody body) =>
        body.Variables.SelectMany(variable => Of(variable.VariableType))
            .Concat(body.ExceptionHandlers.SelectMany(handler => Of(handler.CatchType)))
            .Concat(body.Instructions.SelectMany(OfOperand));

    private static IEnumerable<MemberReference> OfOperand(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => Of(type),
        MethodReference method => Of(method),
        FieldReference field => [.. Of(field.DeclaringType), .. Of(field.FieldType), field],
        _ => [],
    };

    private static IEnumerable<MemberReference> Of(MethodReference method) =>
        Of(method.DeclaringType)
            .Concat(method is GenericInstanceMethod generic ? generic.GenericArguments.SelectMany(Of) : [])
            .Concat(OfSignature(method))
            .Append(method is GenericInstanceMethod instance ? instance.ElementMethod : method);

    private static IEnumerable<MemberReference> OfSignature(MethodReference method) =>
        Of(method.ReturnType).Concat(method.Parameters.SelectMany(parameter => Of(parameter.ParameterType)));

    private static IEnumerable<MemberReference> OfParameters(IGenericParameterProvider provider) =>
        provider.GenericParameters.SelectMany(parameter => parameter.Constraints).SelectMany(constraint => Of(constraint.ConstraintType));

    private static IEnumerable<MemberReference> OfAttributes(ICustomAttributeProvider provider) =>
        provider.CustomAttributes.SelectMany(attribute => Of(attribute.Constructor)
            .Concat(attribute.ConstructorArguments.Select(argument => argument.Value).OfType<TypeReference>().SelectMany(Of)));

    private static IEnumerable<TypeReference> Of(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType generic => Of(generic.ElementType).Concat(generic.GenericArguments.SelectMany(Of)),
        IModifierType modified => Of(modified.ModifierType).Concat(Of(modified.ElementType)),
        TypeSpecification specific => Of(specific.ElementType),
        _ => [type],
    };
}
