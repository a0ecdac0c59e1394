package dev.gatlingllm.record;

/** What every file of a run is checked for. */
final class FormatChecks {

  private FormatChecks() {}

  static void schemaVersion(long found, int known) {
    if (found < 1 || found > known) {
      throw new RecordFormatException(
          "has schemaVersion "
              + found
              + "; this release of gatling-llm reads 1 to "
              + known
              + (found > known ? ", so use the release that wrote it" : ""));
    }
  }
}
