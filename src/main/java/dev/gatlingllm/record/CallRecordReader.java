package dev.gatlingllm.record;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Reads a {@code calls.jsonl} from its beginning, one record at a time, in memory for one line.
 *
 * <p>A last line that has no line feed and cannot be decoded was cut when its run was killed: it is
 * counted, not an error. Any other bad line is one.
 */
public final class CallRecordReader {

  /**
   * What was read.
   *
   * @param records how many records
   * @param cutLines 1 if the last line was cut, else 0
   */
  public record Reading(long records, int cutLines) {}

  private CallRecordReader() {}

  /**
   * Hands every record of the file to {@code calls}, in the file's order.
   *
   * @throws RecordFormatException naming the file and the line that is not a record
   */
  public static Reading read(Path file, Consumer<? super CallRecord> calls) throws IOException {
    return JsonLines.read(file, CallRecordCodec::decode, calls);
  }
}
