package dev.gatlingllm.record;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Reads a file of one record per line while it grows, each time on from where it stopped. A line
 * that has no line feed yet is left for the next time. Decodes on the caller's thread, so that a
 * run that goes on is not disturbed on all processors. Confined to one thread.
 */
public final class JsonTail<T> {

  private final Path file;
  private final Function<byte[], T> decode;
  private long offset;
  private long records;

  private JsonTail(Path file, Function<byte[], T> decode) {
    this.file = file;
    this.decode = decode;
  }

  /** Of a {@code calls.jsonl}, from its beginning. */
  public static JsonTail<CallRecord> ofCalls(Path file) {
    return new JsonTail<>(file, CallRecordCodec::decode);
  }

  /** Of a {@code health.jsonl}, from its beginning. */
  public static JsonTail<HealthSample> ofHealth(Path file) {
    return new JsonTail<>(file, HealthSampleCodec::decode);
  }

  /**
   * Hands the records that have come since the last time to {@code taker}, in the file's order.
   *
   * @return of all times together
   * @throws java.nio.file.NoSuchFileException if there is no such file
   * @throws RecordFormatException naming the file and the line that is not a record
   */
  public CallRecordReader.Reading read(Consumer<? super T> taker) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(Math.min(offset, Files.size(file)));
      LineBlocks blocks = new LineBlocks(in);
      for (byte[] block = blocks.next(); block.length > 0; block = blocks.next()) {
        take(wholeLines(block), taker);
      }
    }
    return new CallRecordReader.Reading(records, 0);
  }

  private static byte[] wholeLines(byte[] block) {
    int end = block.length;
    while (end > 0 && block[end - 1] != '\n') {
      end--;
    }
    return Arrays.copyOf(block, end);
  }

  private void take(byte[] lines, Consumer<? super T> taker) {
    DecodedBlock<T> decoded = DecodedBlock.of(lines, decode);
    decoded.records().forEach(taker);
    records += decoded.records().size();
    Optional<RecordFormatException> error = decoded.error();
    if (error.isPresent()) {
      throw new RecordFormatException(file + ", line " + (records + 1), error.get());
    }
    offset += lines.length;
  }
}
