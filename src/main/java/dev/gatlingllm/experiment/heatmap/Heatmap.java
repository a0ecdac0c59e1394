package dev.gatlingllm.experiment.heatmap;

import dev.gatlingllm.calibration.ExpectedLoad;
import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.config.Startup;
import dev.gatlingllm.experiment.ProviderExperiment;
import dev.gatlingllm.experiment.SharedQueue;
import dev.gatlingllm.experiment.heatmap.LatencyGrid.Cell;
import dev.gatlingllm.gatling.ExpectedLoads;
import dev.gatlingllm.gatling.LlmActionBuilder;
import dev.gatlingllm.gatling.OwnShare;
import dev.gatlingllm.gatling.Prompts;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Session;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * The calls that {@code llm.heatmap} asks for: every pair of an input and an output length equally
 * often, in a shuffled order, drawn by whichever client is free.
 */
public final class Heatmap implements ProviderExperiment {

  /** Label of a call: the size of its prompt in tokens. */
  public static final String INPUT_TOKENS = "inputTokens";

  /** Label of a call: the upper bound of its output in tokens. */
  public static final String OUTPUT_TOKENS = "outputTokens";

  private static final String ATTRIBUTE = "llm.cell";

  private final LlmConfig settings;
  private final HeatmapConfig config;
  private final Prompts prompts;

  private Heatmap(LlmConfig settings, HeatmapConfig config, Prompts prompts) {
    this.settings = settings;
    this.config = config;
    this.prompts = prompts;
  }

  /**
   * The calls of these settings.
   *
   * @throws ConfigurationException if the source text cannot be read, or a length is too small for
   *     a prompt
   */
  public static Heatmap of(LlmConfig config) {
    return Startup.orExit(() -> checked(config));
  }

  private static Heatmap checked(LlmConfig config) {
    HeatmapConfig heatmap = config.section(HeatmapConfig::read);
    Prompts prompts = Prompts.cutFrom(heatmap.sourceFile(), config);
    int smallest = prompts.smallest(OptionalInt.empty());
    for (int length : heatmap.grid().inputTokens()) {
      if (length < smallest) {
        throw new ConfigurationException(
            "llm.heatmap.inputTokens must be at least "
                + smallest
                + " each, for the prompt's fixed parts, was "
                + length);
      }
    }
    return new Heatmap(config, heatmap, prompts);
  }

  /**
   * Clients that make this call for one pair after another until each had its turn; the call gets
   * the prompt, the bound of the output and the labels {@code inputTokens} and {@code
   * outputTokens}.
   */
  @Override
  public List<PopulationBuilder> inject(LlmActionBuilder call) {
    LlmActionBuilder sized =
        call.sizes(
                prompts,
                session -> cell(session).inputTokens(),
                session -> cell(session).outputTokens())
            .label(INPUT_TOKENS, session -> String.valueOf(cell(session).inputTokens()))
            .label(OUTPUT_TOKENS, session -> String.valueOf(cell(session).outputTokens()));
    SharedQueue<Cell> drawing = new SharedQueue<>(ATTRIBUTE, cells());
    return List.of(
        OwnShare.atOnce("Latency heat map", clients(), drawing.each(sized, Duration.ZERO)));
  }

  private List<Cell> cells() {
    return OwnShare.of(settings.load())
        .items("llm.heatmap", "calls", config.grid().shuffled(settings.seed()));
  }

  private int clients() {
    return OwnShare.of(settings.load()).clients("llm.heatmap.clients", config.clients());
  }

  @Override
  public LlmConfig settings() {
    return settings;
  }

  @Override
  public ExpectedLoad expectedLoad() {
    LatencyGrid grid = config.grid();
    List<Cell> cells = cells();
    return ExpectedLoads.clients(
        clients(),
        grid.inputTokens().size() + " × " + grid.outputTokens().size() + " lengths",
        prompts.requests(
            index -> cells.get(index % cells.size()).inputTokens(),
            index -> cells.get(index % cells.size()).outputTokens()));
  }

  private static Cell cell(Session session) {
    return session.get(ATTRIBUTE);
  }
}
