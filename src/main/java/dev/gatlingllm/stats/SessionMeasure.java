package dev.gatlingllm.stats;

/** What is measured of a session that ended whole. */
public enum SessionMeasure {
  DURATION(
      "duration",
      "session duration",
      "s",
      "End of the last answer − intended start of the first call: think time is in it."),
  ANSWERING(
      "answering",
      "waiting for answers",
      "s",
      "The sum of its calls' e2e: think time is not in it."),
  TURNS("turns", "turns", "", "How many turns it had."),
  INPUT_TOKENS(
      "inputTokens",
      "input tokens",
      "tok",
      "The sum over its calls, each of which sends the conversation so far."),
  CACHED_INPUT_TOKENS(
      "cachedInputTokens",
      "cached input tokens",
      "tok",
      "The part of them that was read from a prompt cache."),
  OUTPUT_TOKENS("outputTokens", "output tokens", "tok", "The sum over its calls.");

  private final String field;
  private final String label;
  private final String unit;
  private final String definition;

  SessionMeasure(String field, String label, String unit, String definition) {
    this.field = field;
    this.label = label;
    this.unit = unit;
    this.definition = definition;
  }

  /** Its name in machine-readable reports. */
  public String field() {
    return field;
  }

  /** Its name in reports. */
  public String label() {
    return label;
  }

  /** Empty for a number of things. */
  public String unit() {
    return unit;
  }

  /** What it is, in a sentence. */
  public String definition() {
    return definition;
  }

  Precision precision() {
    return this == DURATION || this == ANSWERING ? Precision.OF_A_MEASURE : Precision.OF_A_COUNT;
  }
}
