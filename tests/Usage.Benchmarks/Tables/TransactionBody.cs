using System.Globalization;
using System.Text;

namespace Usage.Benchmarks.Tables;

/// <summary>A table transaction written down beforehand, in ASCII, with nothing in it that the service doesn't need.</summary>
internal static class TransactionBody
{
    public const string Batch = "batch_b";

    public static byte[] Write(string table, string partition, int firstAccount, int entities)
    {
        var body = new StringBuilder($"--{Batch}\r\nContent-Type: multipart/mixed; boundary=changeset_c\r\n\r\n");
        var escaped = Uri.EscapeDataString(partition);
        for (var i = 0; i < entities; i++)
        {
            var account = firstAccount + i;
            body.Append(CultureInfo.InvariantCulture,
                $"--changeset_c\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n");
            body.Append(CultureInfo.InvariantCulture,
                $"PATCH http://127.0.0.1/devstoreaccount1/{table}(PartitionKey='{escaped}',RowKey='a{account:0000000}') HTTP/1.1\r\n");
            body.Append("Accept: application/json;odata=minimalmetadata\r\nDataServiceVersion: 3.0\r\n");
            body.Append("Content-Type: application/json\r\n\r\n");
            body.Append(CultureInfo.InvariantCulture,
                $"{{\"PartitionKey\":\"{partition}\",\"RowKey\":\"a{account:0000000}\",\"run\":\"{RunText}\",");
            body.Append(CultureInfo.InvariantCulture, $"\"row@odata.type\":\"Edm.Int64\",\"row\":\"{account + 1}\",");
            body.Append(CultureInfo.InvariantCulture,
                $"\"d_monthly_active_users@odata.type\":\"Edm.Double\",\"d_monthly_active_users\":{account % 5_000},");
            body.Append(CultureInfo.InvariantCulture,
                $"\"d_api_request_count@odata.type\":\"Edm.Double\",\"d_api_request_count\":{account}.25,");
            body.Append("\"d_subscription_plan\":\"Enterprise\",\"d_active_status\":true}\r\n");
        }

        return Encoding.ASCII.GetBytes(body.Append("--changeset_c--\r\n--").Append(Batch).Append("--\r\n").ToString());
    }

    public const string RunText = "20261122T101530-0123456789ab";
}
