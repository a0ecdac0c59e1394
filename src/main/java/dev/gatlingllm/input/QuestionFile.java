package dev.gatlingllm.input;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A list of questions: one column, no header, one question a line, as load tests of RAG
 * orchestrators have it. A line in double quotes is taken as CSV has it; any other is taken as it
 * is, commas included. UTF-8; a byte order mark, line ends of any system and blank lines are
 * tolerated.
 *
 * @param questions in the order of the file, at least one
 */
public record QuestionFile(List<String> questions) {

  /** Copies the list. */
  public QuestionFile {
    questions = List.copyOf(questions);
  }

  /**
   * Reads a file.
   *
   * @throws InputException if it is absent, holds no question, or a quoted line does not end in a
   *     quote
   */
  public static QuestionFile read(Path file) {
    try (InputLines lines = InputLines.open(file)) {
      return read(lines);
    }
  }

  static QuestionFile read(InputLines lines) {
    List<String> questions = new ArrayList<>();
    Optional<InputLines.Line> line = lines.next();
    while (line.isPresent()) {
      questions.add(question(line.get()));
      line = lines.next();
    }
    if (questions.isEmpty()) {
      throw new InputException(lines.name() + ": must hold at least one question, was empty");
    }
    return new QuestionFile(questions);
  }

  private static String question(InputLines.Line line) {
    String text = line.text().strip();
    if (!text.startsWith("\"")) {
      return text;
    }
    String inner = text.length() < 2 ? "" : text.substring(1, text.length() - 1);
    boolean closed = text.length() >= 2 && text.endsWith("\"");
    if (!closed || inner.replace("\"\"", "").contains("\"") || inner.isBlank()) {
      // Without the value: a question is a prompt.
      throw new InputException(
          line.place()
              + ": column 1 must be a quoted text that ends in a quote, inner quotes twice");
    }
    return inner.replace("\"\"", "\"");
  }
}
