package dev.gatlingllm.report.compare;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatlingllm.health.Trust;
import dev.gatlingllm.health.Verdict;
import dev.gatlingllm.record.BaselineCall;
import dev.gatlingllm.record.BaselineInfo;
import dev.gatlingllm.record.CallRecordCodec;
import dev.gatlingllm.record.CallRecordReader;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.report.Completeness;
import dev.gatlingllm.report.RunReport;
import dev.gatlingllm.secret.Redaction;
import dev.gatlingllm.text.Figures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A run that later runs are compared with, small enough to be kept beside the sources: what a
 * comparison needs of its calls in order, its settings and versions, and its verdict. It has no
 * prompt, answer, secret or id of the service, and is read as a run is.
 */
public final class Baseline {

  /** The folder of baselines that are given by their name. */
  public static final Path FOLDER = Path.of("reports", "baselines");

  private static final int LONGEST_SETTING = 200;

  /** Texts of the user, which may be prompts, and folders of one machine. */
  private static final List<String> PRIVATE =
      List.of("llm.description", "llm.request.extraBody", "llm.request.headers", "llm.record.");

  private Baseline() {}

  /** The folder of a name in {@link #FOLDER}, or the folder that a path names. */
  public static Path folder(String name) {
    return name.matches("[A-Za-z0-9._-]+") ? FOLDER.resolve(name) : Path.of(name);
  }

  /**
   * Makes a baseline from a run, or renews one.
   *
   * @param untrusted whether the run may be one whose numbers are not to be believed
   * @return what was made, in a line
   * @throws IllegalArgumentException if the folder is not that of a run, the run is not trusted or
   *     was cut, or something else lies where the baseline goes
   */
  public static String write(Path run, Path target, boolean untrusted) throws IOException {
    RunReport report = RunReport.of(List.of(run));
    RunInfo info =
        report.info().orElseThrow(() -> new IllegalArgumentException(run + " has no run.json"));
    Verdict verdict = report.client().verdict();
    if (!untrusted) {
      requireTrust(run, verdict, report.completeness());
    }
    RunFiles to = new RunFiles(target);
    boolean renewed = Files.exists(to.baseline());
    if (!renewed && Files.exists(to.calls())) {
      throw new IllegalArgumentException(target + " is the folder of a run, not of a baseline");
    }
    String calls = calls(run);
    String name = report.runs().get(0);
    BaselineInfo marks = new BaselineInfo(name, verdict.level().code(), verdict.reasons());
    RunFiles.writeAtomically(to.calls(), calls);
    to.writeInfo(kept(info));
    RunFiles.writeAtomically(to.baseline(), marks.format());
    return Figures.fill(
        "%s %s from %s: %s calls, %s kB, verdict %s",
        renewed ? "Renewed" : "Made",
        target,
        name,
        Figures.count(calls.lines().count()),
        Figures.count((calls.length() + 500) / 1000),
        verdict.level().code());
  }

  private static void requireTrust(Path run, Verdict verdict, Completeness completeness) {
    if (verdict.level() != Trust.TRUSTED) {
      throw new IllegalArgumentException(
          run + " is " + verdict.line() + " Repeat it, or accept that with --accept-untrusted");
    }
    if (completeness != Completeness.COMPLETE) {
      throw new IllegalArgumentException(
          run + ": " + completeness.text() + ". Repeat it, or accept that with --accept-untrusted");
    }
  }

  private static String calls(Path run) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    CallRecordReader.read(
        new RunFiles(run).calls(),
        call -> {
          try {
            CallRecordCodec.write(BaselineCall.of(call), lines);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    return lines.toString(UTF_8);
  }

  private static RunInfo kept(RunInfo info) {
    Map<String, String> host = new TreeMap<>(info.setup().host());
    host.remove("name");
    RunInfo.Setup setup =
        new RunInfo.Setup(
            info.setup().seed(),
            info.setup().gitRevision(),
            kept(info.configuration()),
            info.setup().versions(),
            host);
    return new RunInfo(
        info.simulation(),
        "",
        info.period(),
        setup,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        RunInfo.Preparation.NONE,
        Optional.empty(),
        info.plans(),
        info.together());
  }

  /** Settings without secrets, and without texts that may be prompts or name a machine. */
  static Map<String, String> kept(Map<String, String> configuration) {
    Map<String, String> kept = new TreeMap<>();
    configuration.forEach(
        (key, value) -> {
          if (PRIVATE.stream().noneMatch(key::startsWith)) {
            String clean = Redaction.text(value);
            kept.put(key, isText(clean) ? digest(clean) : clean);
          }
        });
    return kept;
  }

  private static boolean isText(String value) {
    return value.length() > LONGEST_SETTING || value.indexOf('\n') >= 0;
  }

  private static String digest(String text) {
    return Figures.fill("text of %s characters, %08x", text.length(), text.hashCode());
  }
}
