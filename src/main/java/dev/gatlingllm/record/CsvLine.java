package dev.gatlingllm.record;

import java.util.List;
import java.util.stream.Collectors;

/** One line of a CSV file as in RFC 4180. */
public final class CsvLine {

  private static final String END = "\r\n";

  private CsvLine() {}

  /** The fields, quoted where they must be, with the end of the line. */
  public static String of(List<String> fields) {
    return fields.stream().map(CsvLine::quoted).collect(Collectors.joining(",", "", END));
  }

  private static String quoted(String field) {
    boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }
}
