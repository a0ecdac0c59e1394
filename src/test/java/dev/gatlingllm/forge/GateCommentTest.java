package dev.gatlingllm.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateCommentTest {

  private static final String LIMIT = "llm.slo.ttft.p95";
  private static final String VERDICT = "verdict is trusted or degraded";

  @TempDir private Path run;

  private GateComment comment(int status, String limits, String assertions) throws IOException {
    Files.writeString(
        run.resolve("summary.json"),
        "{\"limits\": [" + limits + "], \"assertions\": [" + assertions + "]}");
    Files.writeString(run.resolve("summary.md"), "| a | b |\n");
    return GateComment.of(
        "gate", Optional.of(run), status, List.of("No baseline yet."), Optional.of("https://x/1"));
  }

  private static String limit(String outcome) {
    return "{\"name\": \"" + LIMIT + "\", \"outcome\": \"" + outcome + "\"}";
  }

  private static String result(String text, boolean passed) {
    return "{\"text\": \"" + text + "\", \"passed\": " + passed + ", \"actual\": \"700 ms\"}";
  }

  @Test
  void aRunWithinItsLimitsIsMet() throws IOException {
    GateComment comment = comment(0, limit("met"), result(LIMIT, true));
    assertThat(comment.outcome()).isEqualTo(GateOutcome.MET);
    assertThat(comment.text())
        .isEqualTo(
            """
            <!-- gatling-llm gate -->

            ### ✅ gate: within the limits

            No baseline yet.

            [The whole report](https://x/1)

            <details><summary>The numbers</summary>

            | a | b |

            </details>
            """);
  }

  @Test
  void aMissedLimitIsNamedFirst() throws IOException {
    GateComment comment = comment(2, limit("missed"), result(LIMIT, false));
    assertThat(comment.outcome()).isEqualTo(GateOutcome.MISSED);
    assertThat(comment.text())
        .contains("### ❌ gate: a limit is missed\n\n- `llm.slo.ttft.p95`: 700 ms\n\nNo baseline");
  }

  @Test
  void aLimitThatTooFewCallsDecideIsUndecided() throws IOException {
    assertThat(comment(2, limit("undecided"), result(LIMIT, false)).outcome())
        .isEqualTo(GateOutcome.UNDECIDED);
  }

  @Test
  void aClientThatIsNotTrustedDecidesNothing() throws IOException {
    assertThat(
            comment(2, limit("undecided"), result(LIMIT, false) + "," + result(VERDICT, false))
                .outcome())
        .isEqualTo(GateOutcome.UNDECIDED);
    assertThat(comment(2, limit("met"), result(VERDICT, false)).outcome())
        .isEqualTo(GateOutcome.UNDECIDED);
  }

  @Test
  void whatElseFailedIsNoMatterOfLimits() throws IOException {
    assertThat(comment(2, limit("undecided"), result("llm.stop", false)).outcome())
        .isEqualTo(GateOutcome.FAILED);
    assertThat(comment(2, limit("met"), "").outcome()).isEqualTo(GateOutcome.FAILED);
  }

  @Test
  void aMissedLimitIsMissedWhateverElseFailed() throws IOException {
    assertThat(
            comment(2, limit("missed"), result(LIMIT, false) + "," + result(VERDICT, false))
                .outcome())
        .isEqualTo(GateOutcome.MISSED);
  }

  @Test
  void withoutASummaryTheRunDidNotStart() throws IOException {
    GateComment comment =
        GateComment.of("gate", Optional.of(run), 1, List.of("unknown key"), Optional.empty());
    assertThat(comment.outcome()).isEqualTo(GateOutcome.NOT_STARTED);
    assertThat(comment.text())
        .isEqualTo(
            "<!-- gatling-llm gate -->\n\n### ⛔ gate: the run did not start\n\nunknown key\n");
  }

  @Test
  void nothingSentIsSaid() {
    GateComment comment = GateComment.notSent("a b", List.of("No secret."), Optional.empty());
    assertThat(comment.outcome().code()).isEqualTo("not-sent");
    assertThat(comment.text())
        .isEqualTo("<!-- gatling-llm a b -->\n\n### ➖ a b: nothing was sent\n\nNo secret.\n");
  }

  @Test
  void whatIsTooLongForACommentIsCutAtALine() throws IOException {
    Files.writeString(run.resolve("summary.json"), "{}");
    Files.writeString(run.resolve("summary.md"), "| one | row |\n".repeat(10_000));
    String text = GateComment.of("gate", Optional.of(run), 0, List.of(), Optional.empty()).text();
    assertThat(text.length()).isBetween(59_000, 60_300);
    assertThat(text).contains("| one | row |\n\nThe rest is in the whole report");
  }

  @Test
  void aNameThatCouldBeMarkupIsRefused() {
    assertThatThrownBy(() -> GateComment.notSent("--><b>", List.of(), Optional.empty()))
        .hasMessageStartingWith("the name of a gate may have letters");
  }
}
