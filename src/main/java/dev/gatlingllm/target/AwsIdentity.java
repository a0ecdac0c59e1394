package dev.gatlingllm.target;

import dev.gatlingllm.config.ConfigurationException;
import java.util.List;

/**
 * Who calls a service of AWS without an API key: what the SDK's default chain could find.
 *
 * @param searched whether the chain is searched without a trace of an identity
 */
record AwsIdentity(boolean searched) {

  /** Holds an API key of Bedrock. */
  static final String KEY = "AWS_BEARER_TOKEN_BEDROCK";

  private static final List<String> VARIABLES =
      List.of(
          "AWS_ACCESS_KEY_ID",
          "AWS_PROFILE",
          "AWS_CONFIG_FILE",
          "AWS_SHARED_CREDENTIALS_FILE",
          "AWS_WEB_IDENTITY_TOKEN_FILE",
          "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
          "AWS_CONTAINER_CREDENTIALS_FULL_URI");

  static AwsIdentity of(Setup setup) {
    return new AwsIdentity(setup.searchesChain("llm.bedrock.credential"));
  }

  /** Whether this machine shows a trace of an identity. */
  static boolean found(CredentialTraces machine) {
    return machine.anySet(VARIABLES)
        || machine.homeHas(".aws")
        || machine.hardwareSays("sys_vendor", "Amazon EC2");
  }

  /**
   * Refuses a service that no call could be made to.
   *
   * @param service what would be called
   * @param key whether an API key would do as well
   * @throws ConfigurationException if nothing on this machine hints at an identity
   */
  void require(CredentialTraces machine, String service, boolean key) {
    if (!searched && !found(machine)) {
      throw new ConfigurationException(
          "no credentials for "
              + service
              + ": set "
              + (key ? KEY + " (a Bedrock API key) or " : "")
              + "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, sign in with 'aws login', 'aws sso"
              + " login' or 'aws configure', or set"
              + " llm.bedrock.credential = chain to search the SDK's default chain all the same");
    }
  }
}
