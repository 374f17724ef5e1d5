using Usage.Functions.Http.Errors;

namespace Usage.Functions.Integrations;

/// <summary>What is answered beside an integration that was stored: what is odd about it, and was accepted.</summary>
public sealed record IntegrationWarnings(IReadOnlyList<ApiError> Warnings);
