package dev.gatlingllm.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetConfigTest {

  @TempDir private Path folder;

  private static List<TargetConfig> read(String... settings) {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      given.put(settings[i], settings[i + 1]);
    }
    return GivenSettings.of(given).targets();
  }

  private static List<TargetConfig> list(String hocon) {
    return read("llm.targets", hocon);
  }

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("own.conf"), text).toString();
  }

  @Test
  void aListIsThatOfAFileOrATextOrNumberedProperties() throws IOException {
    String hocon =
        "[{weight = 3, model = gpt-a}, {model = lora-b, baseUrl = \"http://10.0.0.7:8000/v1\","
            + " extraBody { top_k = 5 }}]";
    List<TargetConfig> targets = list(hocon);
    assertThat(targets).extracting(TargetConfig::name).containsExactly("gpt-a", "lora-b");
    assertThat(targets).extracting(TargetConfig::weight).containsExactly(3.0, 1.0);
    assertThat(targets.get(1).baseUrl()).isEqualTo("http://10.0.0.7:8000/v1");
    assertThat(targets.get(1).extraBody()).containsOnlyKeys("top_k");
    assertThat(read("llm.conf", file("llm.targets = " + hocon)).toString())
        .isEqualTo(targets.toString());
    assertThat(
            read(
                "llm.targets.0.weight", "3",
                "llm.targets.0.model", "gpt-a",
                "llm.targets.1.model", "lora-b",
                "llm.targets.1.baseUrl", "http://10.0.0.7:8000/v1",
                "llm.targets.1.extraBody.top_k", "5"))
        .extracting(TargetConfig::name, TargetConfig::weight, TargetConfig::baseUrl)
        .isEqualTo(
            targets.stream()
                .map(
                    one ->
                        org.assertj.core.groups.Tuple.tuple(
                            one.name(), one.weight(), one.baseUrl()))
                .toList());
    assertThat(read()).isEmpty();
    assertThat(list("")).isEmpty();
    assertThat(list("[]")).isEmpty();
  }

  @Test
  void numberedPropertiesTakeThePlaceOfTheListOfAFile() throws IOException {
    String file = file("llm.targets = [{model = a}, {model = b}]");
    assertThat(read("llm.conf", file, "llm.targets.0.model", "c"))
        .extracting(TargetConfig::name)
        .containsExactly("c");
    assertThatThrownBy(() -> read("llm.conf", file, "llm.targets.1.weight", "3"))
        .hasMessageStartingWith("llm.targets.0 is missing: with -D the targets are llm.targets.0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{model=a},{wieght=1,model=b}] | unknown key llm.targets[1].wieght; a target accepts baseUrl,",
        "[{model=a},{weight=0,model=b}] | llm.targets[1].weight must be a number above 0, was 0",
        "[{model=a,weight=-1}] | llm.targets[0].weight must be a number above 0, was -1",
        "[{model=a,weight=much}] | llm.targets[0].weight must be a number above 0, was \"much\"",
        "[{model=a,weight=NaN}] | llm.targets[0].weight must be a number above 0, was \"NaN\"",
        "[{model=a,weight=[1]}] | llm.targets[0].weight must be a number above 0",
        "[{model=a},{}] | llm.targets[1] must say what it calls: one of model, baseUrl, region,",
        "[{name=x,weight=2}] | llm.targets[0] must say what it calls",
        "[{extraBody{a=1}}] | llm.targets[0].name must be set",
        "[{model=a},{model=b,name=a}] | llm.targets[1].name must be a name that no other target has, was \"a\", as that of llm.targets[0]",
        "[{model=a},{model=a}] | llm.targets[1].name must be a name that no other target has",
        "[{model=größe}] | llm.targets[0].name must be at most 200 printable characters of ASCII",
        "[{model=a,extraBody=5}] | llm.targets[0].extraBody must be an object, was 5",
        "[a] | llm.targets[0] must be an object such as {model = a}, was \"a\"",
        "{model=a} | llm.targets must be a list such as [{weight = 3",
        "7 | llm.targets must be a list such as",
        "[{model=a | llm.targets must be a list such as"
      })
  void aBadEntryIsRefusedByItsKey(String hocon, String message) {
    assertThatThrownBy(() -> list(hocon))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void anObjectThatIsNoListIsRefused() {
    assertThatThrownBy(() -> read("llm.targets.a.model", "m"))
        .hasMessageStartingWith("llm.targets.0 is missing");
  }

  @Test
  void targetsOfOneModelAreNamedByTheirPlaces() {
    assertThat(
            list(
                "[{model=m, region=north}, {model=m, baseUrl=\"http://127.0.0.1:8001/v1\"},"
                    + " {model=m, provider=openai}, {region=south}, {model=n}]"))
        .extracting(TargetConfig::name)
        .containsExactly("m at north", "m at 127.0.0.1:8001", "m at openai", "south", "n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://h", "https://user:hidden@h/v1", "no address"})
  void anAddressIsOneOfAServiceUnlessAllIsSimulated(String address) {
    String[] targets = {"llm.targets.0.model", "m", "llm.targets.0.baseUrl", address};
    assertThat(read(targets)).hasSize(1);
    String[] real = {"llm.provider", "openai", targets[0], targets[1], targets[2], targets[3]};
    assertThatThrownBy(() -> read(real))
        .hasMessageStartingWith("llm.targets[0].baseUrl must be an address such as https://host")
        .hasMessageNotContaining("hidden");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:99999/v1", "http://my_vllm:0/v1"})
  void aPortIsOneThatThereIs(String address) {
    String[] model = {"llm.provider", "openai", "llm.targets.0.model", "m"};
    assertThatThrownBy(
            () -> read(model[0], model[1], model[2], model[3], "llm.targets.0.baseUrl", address))
        .hasMessageMatching(
            "llm.targets\\[0].baseUrl must be an address with a port from 1 to 65535, was port \\d+");
  }

  @Test
  void theFilesOfARunHaveTheTargetsWithoutTheirSecrets() {
    LlmConfig config =
        GivenSettings.of(
            Map.of(
                "llm.targets", "[{model = a, extraBody { api_key = hidden-of-test, top_k = 5 }}]"));
    assertThat(config.effective().get("llm.targets"))
        .contains("model=a", "top_k=5")
        .doesNotContain("hidden-of-test");
    assertThat(GivenSettings.of(Map.of()).effective()).containsEntry("llm.targets", "[]");
  }

  @Test
  void targetsOfASimulationTakeThePlaceOfThoseOfTheSettings() {
    LlmConfig config = GivenSettings.of(Map.of("llm.targets", "[{model = a}]"));
    assertThat(
            config.withTargets(List.of(Map.of("name", "b", "model", "m", "weight", 2.5))).targets())
        .extracting(TargetConfig::name, TargetConfig::weight)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("b", 2.5));
    assertThatThrownBy(() -> config.withTargets(List.of(Map.of("name", "b", "modle", "m"))))
        .hasMessageStartingWith("unknown key llm.targets[0].modle");
    assertThatThrownBy(() -> config.withoutTargets("my.Simulation"))
        .hasMessage(
            "llm.targets must be empty with my.Simulation, which says itself what it calls");
  }
}
