package dev.gatlingllm.input;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Request bodies of files: objects one per line, one after another or in an array, as they are or
 * as batches and data sets wrap them. Of a folder the files {@code .json}, {@code .jsonl}, {@code
 * .ndjson} and {@code .manifest}, also with {@code .gz} behind, in the order of their names.
 */
public final class PayloadFiles {

  private static final List<String> ENDINGS = List.of(".json", ".jsonl", ".ndjson", ".manifest");

  private PayloadFiles() {}

  /**
   * Reads a file or a folder.
   *
   * @return at least one payload
   * @throws InputException if it is absent or empty, or naming the file, line and field that is
   *     wrong
   */
  public static List<Payload> read(Path path) {
    List<Payload> payloads = new ArrayList<>();
    for (Path file : files(path)) {
      payloads.addAll(payloads(file));
    }
    if (payloads.isEmpty()) {
      throw new InputException(path + ": must hold at least one payload, was empty");
    }
    return List.copyOf(payloads);
  }

  private static List<Path> files(Path path) {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> children = Files.list(path)) {
      return children.filter(PayloadFiles::isPayloadFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(path.toString(), e);
    }
  }

  private static boolean isPayloadFile(Path file) {
    return Files.isRegularFile(file)
        && ENDINGS.stream().anyMatch(ending(file).replaceFirst("\\.gz$", "")::endsWith);
  }

  private static String ending(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT);
  }

  private static List<Payload> payloads(Path file) {
    MessageContent content = PayloadBody.contentOf(file);
    try (InputLines lines = InputLines.open(file)) {
      return FileRequests.of(lines).stream()
          .map(body -> PayloadBody.payload(body.place(), body.object(), content))
          .toList();
    }
  }
}
