package dev.gatlingllm.input;

import dev.gatlingllm.table.CsvReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A list of questions, as load tests of RAG orchestrators have it. Without a header: one column,
 * one question a line, commas included; text in double quotes is taken as CSV has it and may hold
 * line ends. With a header, which has a column such as {@code prompt}: CSV, of which that column is
 * taken. A byte order mark, line ends of any system and blank lines are tolerated.
 *
 * @param questions in the order of the file, at least one
 * @param header the header that was found; empty if there is none
 */
public record QuestionFile(List<String> questions, Optional<String> header) {

  private static final Set<String> NAMES =
      Set.of("question", "questions", "prompt", "prompts", "query", "queries", "user_question");

  /** Copies the list. */
  public QuestionFile {
    questions = List.copyOf(questions);
  }

  /** Questions without a header. */
  public QuestionFile(List<String> questions) {
    this(questions, Optional.empty());
  }

  /**
   * Reads a file.
   *
   * @throws InputException if it is absent, holds no question, or a quoted text does not end in a
   *     quote or has another column beside it
   */
  public static QuestionFile read(Path file) {
    try (InputLines lines = InputLines.open(file)) {
      return read(lines);
    }
  }

  static QuestionFile read(InputLines lines) {
    Optional<InputLines.Line> first = lines.next();
    first.ifPresent(QuestionFile::refuseJson);
    QuestionFile file =
        first.isPresent() && column(first.get().text()) >= 0
            ? ofColumn(lines, first.get())
            : new QuestionFile(listed(lines, first));
    if (file.questions.isEmpty()) {
      throw new InputException(lines.name() + ": must hold at least one question, was empty");
    }
    return file;
  }

  /** Its lines would be sent as questions, braces and all. */
  private static void refuseJson(InputLines.Line first) {
    if (first.text().strip().matches("\\{\\s*\".*|\\[\\s*[\"{].*|[\\[{]")) {
      throw first.wrong("line", "a question, or a header with a column question", "JSON");
    }
  }

  private static int column(String header) {
    List<String> names = TraceRow.names(header);
    for (int i = 0; i < names.size(); i++) {
      if (NAMES.contains(names.get(i).toLowerCase(Locale.ROOT))) {
        return i;
      }
    }
    return -1;
  }

  private static QuestionFile ofColumn(InputLines lines, InputLines.Line header) {
    int column = column(header.text());
    int columns = TraceRow.names(header.text()).size();
    Optional<String> told = Optional.of(header.text().strip());
    if (columns == 1) {
      return new QuestionFile(listed(lines, lines.next()), told);
    }
    List<String> questions =
        lines
            .cells(CsvReader.separator(header.text()))
            .map(
                found -> {
                  List<String> cells = found.row().cells();
                  if (cells.size() != columns) {
                    throw found
                        .place()
                        .wrong("row", columns + " columns", cells.size() + " columns");
                  }
                  return requireText(found.place(), cells.get(column));
                })
            .collect(Collectors.toCollection(ArrayList::new));
    return new QuestionFile(questions, told);
  }

  private static List<String> listed(InputLines lines, Optional<InputLines.Line> first) {
    List<String> questions = new ArrayList<>();
    Optional<InputLines.Line> line = first;
    while (line.isPresent()) {
      // Files that were put together have a byte order mark at each seam.
      String text = line.get().text().strip().replaceFirst("^\uFEFF", "");
      questions.add(text.startsWith("\"") ? quoted(lines, line.get()) : text);
      line = lines.next();
    }
    return questions;
  }

  private static String quoted(InputLines lines, InputLines.Line begin) {
    StringBuilder text = new StringBuilder(begin.text().strip().replaceFirst("^\uFEFF", ""));
    boolean open = hasOddQuotes(text);
    while (open) {
      String next = lines.raw().orElseThrow(() -> open(begin));
      open = !hasOddQuotes(next);
      text.append('\n').append(next);
    }
    List<String> cells = cells(begin, text.toString());
    if (cells.size() != 1) {
      throw begin.wrong(
          "row", "one column, or have a header with a column question", cells.size() + " columns");
    }
    return requireText(begin, cells.get(0));
  }

  private static boolean hasOddQuotes(CharSequence text) {
    return text.chars().filter(sign -> sign == '"').count() % 2 != 0;
  }

  private static List<String> cells(InputLines.Line begin, String text) {
    try {
      return new CsvReader(new StringReader(text.strip()), 0)
          .next()
          .map(CsvReader.Row::cells)
          .orElse(List.of());
    } catch (IOException e) {
      throw open(begin);
    }
  }

  private static String requireText(InputLines.Line place, String question) {
    if (question.isBlank()) {
      throw place.wrong("question", "a text that is not blank", "blank");
    }
    return question;
  }

  /** Without the value: a question is a prompt. */
  private static InputException open(InputLines.Line line) {
    return new InputException(
        line.place() + ": column 1 must be a quoted text that ends in a quote, inner quotes twice");
  }
}
