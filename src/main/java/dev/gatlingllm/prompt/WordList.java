package dev.gatlingllm.prompt;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The words that prompts are made of, read from the resource {@code words.txt}. */
final class WordList {

  private static final String RESOURCE = "words.txt";

  private WordList() {}

  /** The words of each kind, lower case, in the order of the file. */
  static Map<WordKind, List<String>> read() {
    try (var stream = Objects.requireNonNull(WordList.class.getResourceAsStream(RESOURCE));
        var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      return parse(reader.lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE, e);
    }
  }

  private static Map<WordKind, List<String>> parse(List<String> lines) {
    Map<WordKind, List<String>> words = new EnumMap<>(WordKind.class);
    List<String> ofKind = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith("[")) {
        ofKind = new ArrayList<>();
        words.put(kind(line), ofKind);
      } else if (!line.startsWith("#")) {
        ofKind.addAll(List.of(line.split(" ")));
      }
    }
    return words;
  }

  private static WordKind kind(String heading) {
    return WordKind.valueOf(heading.substring(1, heading.length() - 1).toUpperCase(Locale.ROOT));
  }
}
