namespace Usage.Core.Runs;

public enum RunStatus { Queued, Running, Succeeded, PartiallySucceeded, Failed, Cancelled, Duplicate }

public enum RunKind { Import, Test, Removal, Undo, Replay, Fix, Erase }

public enum RunStepKind { Waiting, Reading, Writing, Finishing }

public enum RunStage { Reading, Writing, Finishing, Done }
