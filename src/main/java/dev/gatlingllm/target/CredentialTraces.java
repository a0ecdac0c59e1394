package dev.gatlingllm.target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * Whether this machine shows any trace of an identity that a provider's default credential chain
 * could find. Without one the chain would search for half a minute, and then every single call
 * would fail.
 *
 * @param environment looks up an environment variable; null if it is not set
 * @param home the user's home
 * @param hardware folder with what the hypervisor says about the machine
 */
record CredentialTraces(Function<String, String> environment, Path home, Path hardware) {

  private static final List<String> AZURE_VARIABLES =
      List.of(
          "AZURE_CLIENT_ID",
          "AZURE_TENANT_ID",
          "AZURE_FEDERATED_TOKEN_FILE",
          "IDENTITY_ENDPOINT",
          "MSI_ENDPOINT");

  private static final List<String> AWS_VARIABLES =
      List.of(
          "AWS_BEARER_TOKEN_BEDROCK",
          "AWS_ACCESS_KEY_ID",
          "AWS_PROFILE",
          "AWS_WEB_IDENTITY_TOKEN_FILE",
          "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
          "AWS_CONTAINER_CREDENTIALS_FULL_URI");

  /** The chassis tag that every virtual machine of Azure carries. */
  private static final String AZURE_CHASSIS = "7783-7084-3265-9085-8269-3286-77";

  static CredentialTraces ofThisMachine() {
    return new CredentialTraces(
        System::getenv,
        Path.of(System.getProperty("user.home")),
        Path.of("/sys/devices/virtual/dmi/id"));
  }

  boolean azure() {
    return anySet(AZURE_VARIABLES)
        || Files.isDirectory(home.resolve(".azure"))
        || hardwareSays("chassis_asset_tag", AZURE_CHASSIS);
  }

  boolean aws() {
    return anySet(AWS_VARIABLES)
        || Files.isDirectory(home.resolve(".aws"))
        || hardwareSays("sys_vendor", "Amazon EC2");
  }

  private boolean anySet(List<String> variables) {
    return variables.stream().map(environment).anyMatch(value -> value != null && !value.isBlank());
  }

  private boolean hardwareSays(String file, String text) {
    try {
      return Files.readString(hardware.resolve(file)).strip().equals(text);
    } catch (IOException ignored) {
      // not a virtual machine, or not allowed to know: no trace
      return false;
    }
  }
}
