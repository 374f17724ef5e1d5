#nullable disable
namespace Azure.Data.Tables.Models;

public class TableItem(string name)
{
    public string Name { get; } = name;
}
