package dev.gatlingllm.report;

/** Whether the records are all there should be. The later constant is the graver one. */
public enum Completeness {
  COMPLETE("complete", "complete"),
  RUNNING("running", "the run goes on: what follows is of the calls that have ended so far"),
  UNKNOWN("unknown", "run.json is missing or unreadable: whether the run was complete is unknown"),
  INTERRUPTED("interrupted", "partial: the run was interrupted before its load was done"),
  CRASHED("crashed", "the run crashed, perhaps before its load was done"),
  KILLED("killed", "partial: the run was killed");

  private final String code;
  private final String text;

  Completeness(String code, String text) {
    this.code = code;
    this.text = text;
  }

  /** The word in machine-readable output. */
  public String code() {
    return code;
  }

  /** In a sentence. */
  public String text() {
    return text;
  }

  Completeness and(Completeness other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
