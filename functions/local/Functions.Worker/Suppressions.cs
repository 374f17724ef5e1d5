using System.Diagnostics.CodeAnalysis;

[assembly: SuppressMessage(
    "Design", "CA1001", Scope = "namespaceanddescendants", Target = "~N:Microsoft.Azure.Functions.Worker.Local",
    Justification = "Triggers live as long as the process; their tokens and semaphores hold nothing that it doesn't free.")]
