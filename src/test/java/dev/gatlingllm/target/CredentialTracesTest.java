package dev.gatlingllm.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialTracesTest {

  @TempDir private Path home;
  @TempDir private Path hardware;

  private CredentialTraces traces(Map<String, String> environment) {
    return new CredentialTraces(environment::get, home, hardware);
  }

  @Test
  void aBareMachineShowsNone() {
    assertThat(traces(Map.of()).azure()).isFalse();
    assertThat(traces(Map.of()).aws()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"AZURE_CLIENT_ID", "IDENTITY_ENDPOINT"})
  void aVariableOfAzureIsATraceUnlessItIsBlank(String name) {
    assertThat(traces(Map.of(name, "x")).azure()).isTrue();
    assertThat(traces(Map.of(name, "x")).aws()).isFalse();
    assertThat(traces(Map.of(name, " ")).azure()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"AWS_BEARER_TOKEN_BEDROCK", "AWS_ACCESS_KEY_ID", "AWS_PROFILE"})
  void aVariableOfAwsIsATrace(String name) {
    assertThat(traces(Map.of(name, "x")).aws()).isTrue();
    assertThat(traces(Map.of(name, "x")).azure()).isFalse();
  }

  @Test
  void soIsTheFolderThatASignInLeaves() throws IOException {
    Files.createDirectory(home.resolve(".azure"));
    assertThat(traces(Map.of()).azure()).isTrue();
    Files.createDirectory(home.resolve(".aws"));
    assertThat(traces(Map.of()).aws()).isTrue();
  }

  @Test
  void soIsAMachineOfTheCloudItself() throws IOException {
    Files.writeString(hardware.resolve("sys_vendor"), "Amazon EC2\n");
    assertThat(traces(Map.of()).aws()).isTrue();
    Files.writeString(
        hardware.resolve("chassis_asset_tag"), "7783-7084-3265-9085-8269-3286-77\n");
    assertThat(traces(Map.of()).azure()).isTrue();
    Files.writeString(hardware.resolve("sys_vendor"), "Another\n");
    assertThat(traces(Map.of()).aws()).isFalse();
  }
}
