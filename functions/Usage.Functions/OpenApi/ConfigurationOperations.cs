using Usage.Core.Accounts;
using Usage.Core.Integrations;
using Usage.Core.Products;
using Usage.Functions.Accounts;
using Usage.Functions.Http;
using Usage.Functions.Integrations;
using Usage.Functions.Products;

namespace Usage.Functions.OpenApi;

internal static class ConfigurationOperations
{
    public const string IntegrationBody = nameof(Integrations.IntegrationBody);

    public static IReadOnlyList<Operation> All { get; } =
    [
        Operation.Get("products", "ListProducts", "All products with their dimensions.").Paged().Answers<Page<Product>>("ProductPage"),
        Operation.Get("products/{product}", "GetProduct", "A product with its dimensions.").Shows<Product>("Product"),
        Operation.Put("products/{product}", "PutProduct", "Makes or changes a product. Its period is locked once snapshots exist.")
            .Json<ProductBody>("ProductBody").Stores<Product>("Product").Problem(409),
        Operation.Delete("products/{product}", "DeleteProduct", "Deletes a product that no integration, segment or snapshot uses.")
            .Problem(409),
        Operation.Put("products/{product}/dimensions/{dimension}", "PutDimension",
            "Makes or changes a dimension. Its type is locked once values exist.")
            .Json<DimensionFunctions.Body>("DimensionBody").Stores<DimensionFunctions.Answered>("Dimension").Problem(409),
        Operation.Delete("products/{product}/dimensions/{dimension}", "DeleteDimension",
            "Deletes a dimension that no integration or segment uses.").Problem(409),
        Operation.Get("products/{product}/snapshot-date", "GetSnapshotDate",
            "Which date a file that arrives then, or a cell of a date column, would get, and why.")
            .With("arrivedAt", "value").Answers<SnapshotDate>("SnapshotDate").Problem(409),

        Operation.Get("integrations", "ListIntegrations", "All integrations.").Paged().Answers<Page<Integration>>("IntegrationPage"),
        Operation.Get("integrations/{integration}", "GetIntegration", "An integration as it is now.").Shows<Integration>("Integration"),
        Operation.Get("integrations/{integration}/versions", "ListIntegrationVersions", "All versions of an integration, the newest first.")
            .Paged().Answers<Page<Integration>>("IntegrationPage"),
        Operation.Put("integrations/{integration}", "PutIntegration", "Makes an integration, or its next version when something changes.")
            .Json<IntegrationBody>(IntegrationBody).Stores<Integration, IntegrationWarnings>("StoredIntegration").Problem(409),
        Operation.Delete("integrations/{integration}", "DeleteIntegration", "Deletes an integration; runs that were admitted go on."),
        Operation.Post("integrations/suggest", "SuggestIntegration", "Proposes an integration for a CSV file or its beginning.")
            .Csv().Answers<SuggestFunction.Body>("Suggestion").Problem(413),

        Operation.Get("accounts", "SearchAccounts", "All accounts, or those with a text in their id, name, CRM id, domains or aliases.")
            .With("search").Paged().Answers<Page<Account>>("AccountPage"),
        Operation.Get("accounts/{account}", "GetAccount", "An account.").Shows<Account>("Account"),
        Operation.Put("accounts/{account}", "PutAccount", "Makes or changes an account. CRM ids and domains are one account's only.")
            .Json<AccountBody>("AccountBody").Stores<Account>("Account").Problem(409),
        Operation.Delete("accounts/{account}", "DeleteAccount", "Deletes an account that has no snapshots.").Problem(409),
        Operation.Post("accounts/import", "ImportAccounts",
            "Makes and changes accounts: account_id,name,crm_id,domains,aliases, the last two separated by ;.")
            .Csv().Answers<AccountImportFunction.Body>("AccountImport").Problem(413),
    ];
}
