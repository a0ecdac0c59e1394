package dev.gatlingllm.report.compare;

import dev.gatlingllm.decision.ComparisonGate;
import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.record.RecordFormatException;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.report.BaselineSentence;
import dev.gatlingllm.report.LoadedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code llm.gate.baseline}: a finished run fails if it is shown to be worse than the baseline in a
 * number that {@code llm.gate.worse} names. What cannot be told passes and says how many calls
 * would tell. Immutable.
 */
public final class BaselineGate {

  /** The setting's key. */
  public static final String KEY = "llm.gate.baseline";

  private static final String WORSE = "llm.gate.worse";
  private static final String OTHER_SETTINGS = "llm.gate.otherSettings";

  private final Path folder;
  private final List<ComparisonGate> gates;

  private BaselineGate(Path folder, List<ComparisonGate> gates) {
    this.folder = folder;
    this.gates = List.copyOf(gates);
  }

  /**
   * The gate of a baseline, which need not be there yet.
   *
   * @param name of the baseline in {@link Baseline#FOLDER}, or a path
   * @param worse such as {@code ttft.p95=10%}
   * @throws IllegalArgumentException if one of these cannot be read, naming the setting
   */
  public static BaselineGate of(String name, List<String> worse) {
    if (worse.isEmpty()) {
      throw new IllegalArgumentException(
          WORSE + " must name what " + KEY + " decides, such as ttft.p95=10%; it names nothing");
    }
    return new BaselineGate(
        Baseline.folder(name),
        worse.stream().map(text -> ComparisonGate.parse(WORSE, text)).toList());
  }

  /**
   * The gate of the settings of a run that has been; absent if it has none.
   *
   * @throws IllegalArgumentException as {@link #of}
   */
  public static Optional<BaselineGate> ofConfiguration(Map<String, String> settings) {
    String name = settings.getOrDefault(KEY, "").strip();
    return name.isEmpty()
        ? Optional.empty()
        : Optional.of(
            of(name, List.of(settings.getOrDefault(WORSE, "").strip().split("\\s*,\\s*"))));
  }

  /**
   * Refuses a run that could not be compared with the baseline, before anything is sent.
   *
   * @param configuration of the run
   * @param otherSettings whether the run may have other settings
   * @throws IllegalArgumentException if the baseline is missing or of a release that this one does
   *     not read, or if its load, sizes or other settings differ, naming them
   */
  public void check(String simulation, Map<String, String> configuration, boolean otherSettings) {
    List<SettingDifference> differences =
        differences(simulation, configuration).stream()
            .filter(difference -> !difference.isOfService())
            .toList();
    if (!differences.isEmpty() && !otherSettings) {
      throw new IllegalArgumentException(
          KEY
              + ": "
              + folder
              + " was made with other settings: "
              + inALine(differences)
              + ". Use those of the baseline, renew it from a run with these, or accept the"
              + " difference with "
              + OTHER_SETTINGS
              + " = accept");
    }
  }

  /** In which settings the baseline and a run differ, in a sentence; empty if in none. */
  public String differenceText(String simulation, Map<String, String> configuration) {
    List<SettingDifference> differences = differences(simulation, configuration);
    return differences.isEmpty()
        ? ""
        : folder + " was made with other settings: " + inALine(differences);
  }

  private static String inALine(List<SettingDifference> differences) {
    return differences.stream().map(SettingDifference::text).collect(Collectors.joining("; "));
  }

  private List<SettingDifference> differences(
      String simulation, Map<String, String> configuration) {
    return SettingDifference.between(info(), simulation, Baseline.kept(configuration));
  }

  private RunInfo info() {
    RunFiles files = new RunFiles(folder);
    if (!Files.isRegularFile(files.calls())) {
      throw new IllegalArgumentException(
          KEY + ": there is no baseline " + folder + ". exec:java@baseline makes one from a run");
    }
    try {
      if (Files.isRegularFile(files.baseline())) {
        files.readBaseline();
      }
      return files.readInfo();
    } catch (RecordFormatException | IOException e) {
      throw new IllegalArgumentException(
          KEY + ": " + e.getMessage() + ". Renew the baseline from a run of this release");
    }
  }

  /**
   * Compares a finished run with the baseline.
   *
   * @return what each gate found for each call name
   */
  public List<AssertionResult> judge(Path run) throws IOException {
    return judged(ComparedRuns.of(folder, run));
  }

  /** As {@link #judge(Path)}, of the shares of one load that were read and merged. */
  public List<AssertionResult> judge(LoadedRun shares) throws IOException {
    return judged(ComparedRuns.ofShares(folder, shares));
  }

  private List<AssertionResult> judged(ComparedRuns runs) {
    return ComparisonGate.judge(gates, runs.comparison()).stream().map(this::assertion).toList();
  }

  private AssertionResult assertion(ComparisonGate.Result result) {
    return new AssertionResult(
        BaselineSentence.PREFIX + folder.getFileName() + ", " + result.text(),
        result.passesUnlessWorse(),
        result.actual());
  }
}
