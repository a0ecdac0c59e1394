package dev.gatlingllm.record;

import java.util.List;

/**
 * What {@code baseline.json} says beside a baseline's {@code run.json} and {@code calls.jsonl}: it
 * marks a folder as a baseline, and keeps what the run's own measurements of the client said.
 *
 * @param run the name of the folder of the run that the baseline was made from
 * @param verdict on the client, such as {@code trusted}
 * @param reasons for a verdict that is not trusted, in sentences
 */
public record BaselineInfo(String run, String verdict, List<String> reasons) {

  /** Version of the file's format. */
  public static final int SCHEMA_VERSION = 1;

  /** Copies the list. */
  public BaselineInfo {
    reasons = List.copyOf(reasons);
  }

  /** The text of the file, ending in a line feed. */
  public String format() {
    return VersionedJson.format(this, SCHEMA_VERSION);
  }

  /**
   * Reads the text of a file.
   *
   * @throws RecordFormatException naming the field that is missing or wrong, or the version
   */
  public static BaselineInfo parse(String text) {
    return VersionedJson.parse(text, BaselineInfo.class, SCHEMA_VERSION);
  }
}
