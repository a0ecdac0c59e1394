package dev.gatlingllm.target;

import dev.gatlingllm.config.ConfigurationException;
import java.util.List;

/**
 * Who calls an Azure service: the key in an environment variable, or an identity of Entra ID.
 *
 * @param keyVariable the variable that may hold the key
 * @param searched whether Entra ID's default chain is searched without a trace of an identity
 */
record EntraIdentity(String keyVariable, boolean searched) {

  private static final List<String> VARIABLES =
      List.of(
          "AZURE_CLIENT_ID",
          "AZURE_TENANT_ID",
          "AZURE_FEDERATED_TOKEN_FILE",
          "IDENTITY_ENDPOINT",
          "MSI_ENDPOINT");

  /** The chassis tag that every virtual machine of Azure carries. */
  private static final String CHASSIS = "7783-7084-3265-9085-8269-3286-77";

  static EntraIdentity of(Setup setup) {
    return new EntraIdentity(
        setup.settings().text("llm.azure.keyVariable"),
        setup.searchesChain("llm.azure.credential"));
  }

  /**
   * Refuses a service that no call could be made to.
   *
   * @param address the key of its address, and the address
   * @param variable the environment variable for its key
   * @throws ConfigurationException if nothing on this machine hints at an identity
   */
  void require(CredentialTraces machine, String address, String variable) {
    if (!searched && !found(machine)) {
      throw new ConfigurationException(
          "no credentials for "
              + address
              + ": set the environment variable "
              + variable
              + ", sign in with 'az login', or"
              + " set llm.azure.credential = chain to search Entra ID's default chain all the"
              + " same");
    }
  }

  private static boolean found(CredentialTraces machine) {
    return machine.anySet(VARIABLES)
        || machine.homeHas(".azure")
        || machine.hardwareSays("chassis_asset_tag", CHASSIS);
  }
}
