package dev.gatlingllm.record;

import java.util.List;

/**
 * What {@code share-end.json} says: the end mark of a share of a load. It is the last file that a
 * share writes, so that whoever finds it finds all the others whole.
 *
 * @param share which one of how many has ended
 * @param faults what the share lost on its way, a sentence each; empty if nothing
 */
public record ShareEnd(Share share, List<String> faults) {

  /** Version of the file's format. */
  public static final int SCHEMA_VERSION = 1;

  /** Copies the list. */
  public ShareEnd {
    faults = List.copyOf(faults);
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
  public static ShareEnd parse(String text) {
    return VersionedJson.parse(text, ShareEnd.class, SCHEMA_VERSION);
  }
}
