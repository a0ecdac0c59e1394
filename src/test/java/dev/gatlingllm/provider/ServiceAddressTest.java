package dev.gatlingllm.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceAddressTest {

  @ParameterizedTest
  @CsvSource({
    "https://my.openai.azure.com, https://my.openai.azure.com",
    "https://my.openai.azure.com/, https://my.openai.azure.com",
    "https://gateway.example/openai/v1//, https://gateway.example/openai/v1",
    "HTTPS://my.openai.azure.com, HTTPS://my.openai.azure.com",
    "http://localhost:8080/, http://localhost:8080",
    "http://127.0.0.1:8080, http://127.0.0.1:8080",
    "http://127.8.9.1, http://127.8.9.1",
    "http://[::1]:8080, http://[::1]:8080"
  })
  void acceptsHttpsAndLoopbackHttp(String address, String accepted) {
    assertThat(ServiceAddress.check("llm.azure.endpoint", URI.create(address)))
        .isEqualTo(URI.create(accepted));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://my.openai.azure.com",
        "http://10.0.0.1",
        "http://127.0.0.1.evil.example",
        "http://localhost.evil.example",
        "http://128.0.0.1",
        "http://[::2]",
        "ftp://localhost",
        "my.openai.azure.com",
        "https:///path"
      })
  void refusesEverythingElse(String address) {
    assertThatThrownBy(() -> ServiceAddress.check("llm.azure.endpoint", URI.create(address)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "llm.azure.endpoint must be an https address, or http on a loopback host, was ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://user:pw@host", "https://host?key=secret", "https://host/#secret"})
  void refusesWhatMayHoldASecretAndDoesNotRepeatIt(String address) {
    assertThatThrownBy(() -> ServiceAddress.check("llm.openai.baseUrl", URI.create(address)))
        .hasMessage(
            "llm.openai.baseUrl must be an address without user info, query and fragment,"
                + " was https://host");
  }

  @Test
  void knowsLoopbackHosts() {
    assertThat(ServiceAddress.isLoopback(URI.create("http://LOCALHOST"))).isTrue();
    assertThat(ServiceAddress.isLoopback(URI.create("http://example.com"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "http://my_vllm:8000/v1, my_vllm, 8000",
    "http://my_vllm/v1, my_vllm, 80",
    "https://the_gateway_1.internal/v1, the_gateway_1.internal, 443",
    "http://[::1]:9000, [::1], 9000",
    "https://host.example, host.example, 443",
  })
  void knowsTheHostAlsoIfItsNameHasAnUnderscore(String address, String host, int port) {
    assertThat(ServiceAddress.host(URI.create(address))).contains(host);
    assertThat(ServiceAddress.port(URI.create(address))).isEqualTo(port);
    assertThat(
            ServiceAddress.check("k", URI.create(address), new ServiceAddress.PlainHttp("p", true)))
        .isEqualTo(URI.create(address));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://user:pw@my_vllm", "http://my_vllm:80:80", "http:///v1", "vllm:1"})
  void knowsNoHostWhereNoneIsNamed(String address) {
    assertThat(ServiceAddress.host(URI.create(address))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:9/v1, http://127.0.0.1:09/v1",
    "http://my_vllm:9, http://my_vllm:09",
    "http://[::1]:9/v1?a=:1, http://[::1]:09/v1?a=:1",
    "http://[::1]/v1, http://[::1]/v1",
    "http://host.example:/v1, http://host.example/v1",
    "http://host.example:80/a:1/b, http://host.example:80/a:1/b",
    "https://host.example/a:1/b, https://host.example/a:1/b",
  })
  void reactorNettyFindsThePortInEachAddress(String address, String forNetty) {
    assertThat(ServiceAddress.forNetty(address)).isEqualTo(forNetty);
    assertThat(ServiceAddress.port(URI.create(forNetty)))
        .isEqualTo(ServiceAddress.port(URI.create(address)));
  }

  @ParameterizedTest
  @CsvSource({
    "http://h:1, true",
    "http://h:65535, true",
    "http://h, true",
    "http://my_vllm:9, true",
    "http://h:0, false",
    "http://h:65536, false",
    "http://my_vllm:99999, false",
  })
  void knowsWhichPortsThereAre(String address, boolean possible) {
    assertThat(ServiceAddress.hasPossiblePort(URI.create(address))).isEqualTo(possible);
  }

  @Test
  void aNameWithAnUnderscoreIsAnotherMachine() {
    assertThat(ServiceAddress.isLoopback(URI.create("http://my_vllm:8000"))).isFalse();
    assertThatThrownBy(
            () ->
                ServiceAddress.check(
                    "llm.openai.baseUrl",
                    URI.create("http://my_vllm:8000/v1"),
                    new ServiceAddress.PlainHttp("llm.openai.plainHttp", false)))
        .hasMessageContaining("was http://my_vllm; to send the key in plain text");
  }
}
