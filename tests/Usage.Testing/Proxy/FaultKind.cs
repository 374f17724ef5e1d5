namespace Usage.Testing.Proxy;

public enum FaultKind
{
    None,

    /// <summary>Answered with an error; the service never hears of it.</summary>
    Refuse,

    /// <summary>The connection is reset; the service never hears of it.</summary>
    Reset,

    /// <summary>The service does it, and the connection is reset.</summary>
    LoseAnswer,

    /// <summary>The service does it, and an error is answered.</summary>
    BelieAnswer,

    /// <summary>The service is asked twice, and the second answer counts.</summary>
    Twice,

    /// <summary>Sent and answered, but only after a while.</summary>
    Hold,

    /// <summary>Sent only after a while, even when who asked has died meanwhile; if it hasn't, it is answered.</summary>
    SendLate,

    /// <summary>Neither sent nor answered.</summary>
    HangBefore,

    /// <summary>Sent, and not answered.</summary>
    HangAfter,
}
