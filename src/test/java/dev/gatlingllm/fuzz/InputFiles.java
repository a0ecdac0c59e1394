package dev.gatlingllm.fuzz;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** Files to begin with, one for each reader and encoding, and spoilt ones. */
final class InputFiles {

  private static final List<String> MORE =
      List.of(
          "{\"custom_id\":\"a\",\"url\":\"/v1/chat/completions\",\"body\":{\"messages\":[{\"role\":"
              + "\"user\",\"content\":\"a\"}]}}",
          "[{\"conversations\":[{\"from\":\"human\",\"value\":\"a\"}]}]",
          "{\"prompt\":\"a\",\"output_tokens\":3}",
          "{\"chat_id\":1,\"timestamp\":0.5,\"input_length\":20,\"output_length\":1,\"hash_ids\":[1,2]}",
          "sep=;\nTime;\"a\"\n1772443800;\"1,234\"\n",
          "TimeGenerated [UTC],MetricName,Total\n2026-03-02T09:30:00Z,a,1\n",
          "question;answer\n\"a\nb\";c\n",
          "{\"Label\":\"a\",\"Datapoints\":[{\"Timestamp\":\"2026-03-02T09:30:00Z\","
              + "\"ExtendedStatistics\":{\"p90\":1}}]}");

  private InputFiles() {}

  /** The examples and some more, each for every reader, in several encodings. */
  static List<byte[]> whole() throws IOException {
    List<byte[]> files = new ArrayList<>();
    try (Stream<Path> examples = Files.list(Path.of("feeders"))) {
      for (Path file : examples.filter(Files::isRegularFile).sorted().toList()) {
        files.add(head(Files.readAllBytes(file)));
      }
    }
    MORE.forEach(text -> files.add(text.getBytes(UTF_8)));
    MORE.forEach(text -> files.add(("\uFEFF" + text).getBytes(UTF_16LE)));
    MORE.forEach(text -> files.add(gzip(text.getBytes(UTF_8))));
    List<byte[]> inputs = new ArrayList<>();
    for (byte[] file : files) {
      for (int reader = 0; reader < InputFileFuzz.COUNT; reader++) {
        inputs.add(input(reader, file));
      }
    }
    return inputs;
  }

  private static byte[] head(byte[] file) {
    return Arrays.copyOf(file, Math.min(file.length, 2_000));
  }

  /** An input with some bytes changed, left out or doubled. */
  static byte[] spoilt(byte[] input, SplittableRandom random) {
    byte[] spoilt = input.clone();
    for (int i = random.nextInt(6); i >= 0; i--) {
      int at = 1 + random.nextInt(spoilt.length - 1);
      switch (random.nextInt(3)) {
        case 0 -> spoilt[at] = (byte) random.nextInt(256);
        case 1 -> spoilt[at] = (byte) "\"{}[],:;\n0-".charAt(random.nextInt(11));
        default -> System.arraycopy(input, at, spoilt, at / 2 + 1, Math.min(8, input.length - at));
      }
    }
    return spoilt;
  }

  private static byte[] input(int reader, byte[] file) {
    byte[] input = new byte[file.length + 1];
    input[0] = (byte) reader;
    System.arraycopy(file, 0, input, 1, file.length);
    return input;
  }

  private static byte[] gzip(byte[] text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
