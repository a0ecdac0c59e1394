package dev.gatlingllm.gatling.engine;

import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.hook.Hook;
import dev.gatlingllm.prompt.Tokenizer;
import dev.gatlingllm.provider.LlmClient;
import io.gatling.core.protocol.Protocol;
import java.net.URI;
import java.util.List;

/**
 * What Gatling hands from the simulation to the actions.
 *
 * @param simulation fully qualified name of the simulation class
 * @param config the settings
 * @param client the client of the run, closed when the run ends
 * @param tokenizer counts tokens where the provider does not
 * @param hooks are told of the run and its calls
 * @param preparation what to do before the first user starts
 * @param serverMetrics where the service's metrics are read; none if they are not
 * @param target equal for protocols that call the same, of which a run needs one client
 */
public record LlmProtocol(
    String simulation,
    LlmConfig config,
    LlmClient client,
    Tokenizer tokenizer,
    List<Hook> hooks,
    Preparation preparation,
    List<URI> serverMetrics,
    Object target)
    implements Protocol {

  /** A protocol with a target of its own, whose metrics are not read. */
  public LlmProtocol(
      String simulation,
      LlmConfig config,
      LlmClient client,
      Tokenizer tokenizer,
      List<Hook> hooks,
      Preparation preparation) {
    this(simulation, config, client, tokenizer, hooks, preparation, List.of(), new Object());
  }

  /** Gatling quotes it where a setUp or a scenario has two. */
  @Override
  public String toString() {
    return "llm (one for a setUp or a scenario; llm.targets(…) calls several models or addresses)";
  }
}
