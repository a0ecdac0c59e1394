package dev.gatlingllm.input;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Request bodies of files: {@code .jsonl} and {@code .manifest} hold one object per line, {@code
 * .json} one object or an array of them, a folder any of these, taken in the order of their names.
 * UTF-8; a byte order mark and blank lines are tolerated.
 */
public final class PayloadFiles {

  private static final List<String> LINES = List.of(".jsonl", ".manifest");
  private static final String DOCUMENT = ".json";

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
      payloads.addAll(isDocument(file) ? document(file) : lines(file));
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
        && (isDocument(file) || LINES.stream().anyMatch(ending(file)::endsWith));
  }

  private static boolean isDocument(Path file) {
    return ending(file).endsWith(DOCUMENT);
  }

  private static String ending(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT);
  }

  private static List<Payload> lines(Path file) {
    List<Payload> payloads = new ArrayList<>();
    MessageContent content = PayloadBody.contentOf(file);
    try (InputLines lines = InputLines.open(file)) {
      for (Optional<InputLines.Line> next = lines.next(); next.isPresent(); next = lines.next()) {
        payloads.add(payload(next.get(), JsonText.object(next.get()), content));
      }
    }
    return payloads;
  }

  private static List<Payload> document(Path file) {
    JsonNode root = JsonText.document(text(file), file.toString());
    List<Payload> payloads = new ArrayList<>();
    MessageContent content = PayloadBody.contentOf(file);
    if (root.isArray()) {
      for (int i = 0; i < root.size(); i++) {
        payloads.add(element(file + " [" + i + "]", root.get(i), content));
      }
    } else {
      payloads.add(element(file.toString(), root, content));
    }
    return payloads;
  }

  private static Payload element(String place, JsonNode body, MessageContent content) {
    InputLines.Line line = new InputLines.Line(place, "");
    if (!body.isObject()) {
      throw line.wrong("payload", "a JSON object", JsonText.kind(body));
    }
    return payload(line, body, content);
  }

  private static Payload payload(InputLines.Line line, JsonNode body, MessageContent content) {
    return new Payload(line.place(), PayloadBody.request(line, body, content));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file).replaceFirst("^\uFEFF", "");
    } catch (CharacterCodingException e) {
      throw new InputException(file + ": must be UTF-8 text");
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }
}
