package dev.gatlingllm.record;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Reads a {@code health.jsonl} from its beginning, one sample at a time. A last line that was cut
 * when its run was killed is passed over; any other bad line is an error.
 */
public final class HealthSampleReader {

  private HealthSampleReader() {}

  /**
   * Hands every sample of the file to {@code samples}, in the file's order.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   * @throws RecordFormatException naming the file and the line that is not a sample
   */
  public static CallRecordReader.Reading read(Path file, Consumer<? super HealthSample> samples)
      throws IOException {
    return JsonLines.read(file, HealthSampleCodec::decode, samples);
  }
}
