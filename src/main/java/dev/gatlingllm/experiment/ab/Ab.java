package dev.gatlingllm.experiment.ab;

import static io.gatling.javaapi.core.CoreDsl.exec;

import dev.gatlingllm.calibration.ExpectedLoad;
import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.config.Startup;
import dev.gatlingllm.config.TargetConfig;
import dev.gatlingllm.decision.AbComparison;
import dev.gatlingllm.experiment.ProviderExperiment;
import dev.gatlingllm.experiment.SequentialPopulations;
import dev.gatlingllm.gatling.ExpectedLoads;
import dev.gatlingllm.gatling.LlmActionBuilder;
import dev.gatlingllm.gatling.Load;
import dev.gatlingllm.gatling.Prompts;
import dev.gatlingllm.size.CallSizes;
import io.gatling.javaapi.core.PopulationBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The two targets of {@code llm.targets} in blocks, A B B A and so on. The blocks of a pair have
 * the arrivals and the prompts of one seed. A block begins when the last call of the one before has
 * ended, and lasts as long as {@code llm.load} says.
 */
public final class Ab implements ProviderExperiment {

  private final LlmConfig config;
  private final AbConfig ab;
  private final CallSizes sizes;

  private Ab(LlmConfig config, AbConfig ab) {
    this.config = config;
    this.ab = ab;
    this.sizes = Prompts.of(config).sizes(config);
  }

  /**
   * The blocks that these settings describe.
   *
   * @throws ConfigurationException unless there are two targets, or if a setting has an impossible
   *     value
   */
  public static Ab of(LlmConfig config) {
    return Startup.orExit(
        () -> {
          AbConfig ab = config.section(AbConfig::read);
          var unused = config.load().withoutProfile("an A/B comparison");
          config
              .load()
              .requireWhole(
                  "an A/B comparison", "begins a block when the last call of the one before ends");
          config.record().requireFor("an A/B comparison");
          if (config.targets().size() != 2) {
            throw new ConfigurationException(
                "llm.targets must be two with an A/B comparison, such as -Dllm.targets.0.model=a"
                    + " -Dllm.targets.1.model=b, had "
                    + config.targets().size());
          }
          return new Ab(config, ab);
        });
  }

  @Override
  public List<PopulationBuilder> inject(LlmActionBuilder call) {
    List<PopulationBuilder> blocks = new ArrayList<>();
    for (int pair = 0; pair < ab.pairs(); pair++) {
      blocks.add(block(pair, pair % 2, call));
      blocks.add(block(pair, 1 - pair % 2, call));
    }
    return SequentialPopulations.of(blocks);
  }

  private PopulationBuilder block(int pair, int side, LlmActionBuilder call) {
    TargetConfig target = config.targets().get(side);
    LlmConfig seeded = config.withSeed(config.seed() + pair);
    String number = String.format(Locale.ROOT, "%02d", pair + 1);
    LlmActionBuilder one =
        call.sizes(Prompts.of(seeded), sizes.withSeed(seeded.seed()))
            .target(target.name())
            .label(AbComparison.PAIR, number);
    return Load.of(seeded)
        .endingAsPlanned()
        .inject("pair " + number + " " + target.name(), exec(one));
  }

  @Override
  public LlmConfig settings() {
    return config;
  }

  @Override
  public ExpectedLoad expectedLoad() {
    return ExpectedLoads.load(config, Prompts.of(config), sizes).repeated(2 * ab.pairs());
  }
}
