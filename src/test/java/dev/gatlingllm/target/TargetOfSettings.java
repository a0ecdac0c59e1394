package dev.gatlingllm.target;

import dev.gatlingllm.config.LlmConfig;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** The target of the settings of a run, in an environment that the test gives. */
public final class TargetOfSettings {

  private TargetOfSettings() {}

  /** The target, on a machine that shows no trace of an identity. */
  public static CallTarget of(LlmConfig config, UnaryOperator<String> environment, Path nowhere) {
    return new ProviderClients(config, new CredentialTraces(environment, nowhere, nowhere))
        .target();
  }
}
