package dev.gatlingllm.run;

import dev.gatlingllm.config.BaselineConfig;
import dev.gatlingllm.config.LiveConfig;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.record.Limit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A run that keeps no files, where no folder can be written: what it cannot do, and says. */
final class Unkept {

  private static final String SETTING = "llm.record.folder = none";

  /** Told once, when the run begins. */
  static final String TOLD =
      "[llm] "
          + SETTING
          + ": no run folder is written: no records, no token report, no junit.xml; Gatling's own"
          + " metrics and this console are what is left";

  /** How the run ended, as far as is known: Gatling says it after us, and not to us. */
  static final String JUDGE = "Gatling's assertions decide";

  private Unkept() {}

  /**
   * Refuses what is found in the records of a run that keeps none.
   *
   * @throws dev.gatlingllm.config.ConfigurationException naming the setting
   */
  static void check(LlmConfig config) {
    String splitBy = config.record().splitBy();
    Map<String, Boolean> asked =
        Map.of(
            BaselineConfig.KEY,
            config.baseline().name().isPresent(),
            LiveConfig.KEY,
            config.live().address().isPresent(),
            "llm.record.content",
            config.record().content(),
            "llm.load.share",
            config.load().share().isPresent(),
            "llm.record.splitBy",
            !splitBy.equals("auto") && !splitBy.equals("none"));
    asked.keySet().stream().filter(asked::get).sorted().forEach(config.record()::requireFor);
  }

  /** Which of these limits nobody has judged, in words; empty if there are none. */
  static Optional<String> unjudged(Optional<List<Limit>> limits) {
    return limits
        .filter(declared -> !declared.isEmpty())
        .map(
            declared ->
                declared.stream().map(Limit::name).distinct().collect(Collectors.joining(", "))
                    + ": not judged, since "
                    + SETTING
                    + " keeps no records; let Gatling's own assertions judge");
  }
}
