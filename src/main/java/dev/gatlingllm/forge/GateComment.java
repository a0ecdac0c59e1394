package dev.gatlingllm.forge;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a gate says of a run.
 *
 * @param outcome what it found
 * @param text Markdown; begins with the line that tells the comments of this gate from others
 */
public record GateComment(GateOutcome outcome, String text) {

  /** GitHub takes 65,536 characters. */
  static final int MOST_CHARACTERS = 60_000;

  private static final int MOST_REASONS = 5;

  /**
   * Of a run that has ended.
   *
   * @param name of the gate: one letter, digit, dot, dash, underscore or blank or more
   * @param run its folder; if it has no summary, the run did not start
   * @param status its exit status
   * @param notes sentences for whoever reads it, such as which baseline there was
   * @param link address of the whole report
   */
  public static GateComment of(
      String name, Optional<Path> run, int status, List<String> notes, Optional<String> link)
      throws IOException {
    Optional<Path> summary =
        run.map(folder -> folder.resolve("summary.json")).filter(Files::isRegularFile);
    if (summary.isEmpty()) {
      return new GateComment(
          GateOutcome.NOT_STARTED, text(name, GateOutcome.NOT_STARTED, List.of(), notes, "", link));
    }
    var json = new ObjectMapper().readTree(summary.get().toFile());
    GateOutcome outcome = GateOutcome.of(status, json);
    List<String> reasons =
        GateOutcome.failed(json)
            .map(
                result ->
                    "`" + result.path("text").asText() + "`: " + result.path("actual").asText())
            .toList();
    String tables = Files.readString(summary.get().resolveSibling("summary.md"), UTF_8);
    return new GateComment(outcome, text(name, outcome, reasons, notes, tables, link));
  }

  /**
   * Of a run that was not to be.
   *
   * @param notes say why
   */
  public static GateComment notSent(String name, List<String> notes, Optional<String> link) {
    return new GateComment(
        GateOutcome.NOT_SENT, text(name, GateOutcome.NOT_SENT, List.of(), notes, "", link));
  }

  private static String text(
      String name,
      GateOutcome outcome,
      List<String> reasons,
      List<String> notes,
      String tables,
      Optional<String> link) {
    if (!name.matches("[A-Za-z0-9._ -]+")) {
      throw new IllegalArgumentException(
          "the name of a gate may have letters, digits, dots, dashes, underscores and blanks, was '"
              + name
              + "'");
    }
    List<String> blocks = new ArrayList<>();
    blocks.add("<!-- gatling-llm " + name + " -->");
    blocks.add("### " + outcome.heading() + name + ": " + outcome.words());
    if (!reasons.isEmpty()) {
      blocks.add(list(reasons));
    }
    blocks.addAll(notes);
    link.ifPresent(address -> blocks.add("[The whole report](" + address + ")"));
    if (!tables.isBlank()) {
      int room = MOST_CHARACTERS - String.join("\n\n", blocks).length();
      blocks.add(
          "<details><summary>The numbers</summary>\n\n" + cut(tables, room) + "\n\n</details>");
    }
    return String.join("\n\n", blocks) + "\n";
  }

  private static String list(List<String> reasons) {
    List<String> lines = new ArrayList<>();
    reasons.stream().limit(MOST_REASONS).forEach(reason -> lines.add("- " + reason));
    if (reasons.size() > MOST_REASONS) {
      lines.add("- and " + (reasons.size() - MOST_REASONS) + " more");
    }
    return String.join("\n", lines);
  }

  private static String cut(String tables, int room) {
    if (tables.length() <= room) {
      return tables.strip();
    }
    return tables.substring(0, tables.lastIndexOf('\n', room)).strip()
        + "\n\nThe rest is in the whole report: a comment cannot hold it.";
  }
}
