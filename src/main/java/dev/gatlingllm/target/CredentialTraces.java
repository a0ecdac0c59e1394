package dev.gatlingllm.target;

import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.provider.Proxies;
import dev.gatlingllm.secret.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What this machine shows of who calls: keys in environment variables, and traces of an identity
 * that a provider's default credential chain could find. Without a trace the chain would search for
 * half a minute, and then every single call would fail.
 *
 * @param environment looks up an environment variable; null if it is not set
 * @param home the user's home
 * @param hardware folder with what the hypervisor says about the machine
 */
record CredentialTraces(Function<String, String> environment, Path home, Path hardware) {

  static CredentialTraces ofThisMachine() {
    return new CredentialTraces(
        System::getenv,
        Path.of(System.getProperty("user.home")),
        Path.of("/sys/devices/virtual/dmi/id"));
  }

  /** The proxies that the environment and the properties of this JVM name. */
  Proxies proxies() {
    return Proxies.of(environment::apply, System.getProperties());
  }

  /** The key in a variable; empty if the variable is not set, or blank. */
  Optional<Secret> key(String variable) {
    return Optional.ofNullable(environment.apply(variable))
        .filter(value -> !value.isBlank())
        .map(value -> secret(variable, value.strip()));
  }

  private static Secret secret(String variable, String value) {
    try {
      return Secret.of(value);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(variable + ": " + e.getMessage() + " (it is not shown)");
    }
  }

  boolean anySet(List<String> variables) {
    return variables.stream().map(environment).anyMatch(value -> value != null && !value.isBlank());
  }

  boolean homeHas(String folder) {
    return Files.isDirectory(home.resolve(folder));
  }

  boolean hardwareSays(String file, String text) {
    try {
      return Files.readString(hardware.resolve(file)).strip().equals(text);
    } catch (IOException ignored) {
      // not a virtual machine, or not allowed to know: no trace
      return false;
    }
  }
}
