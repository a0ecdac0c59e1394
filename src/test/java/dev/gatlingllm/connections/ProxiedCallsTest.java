package dev.gatlingllm.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.call.CallResult;
import dev.gatlingllm.call.RetryPolicy;
import dev.gatlingllm.provider.ClientSettings;
import dev.gatlingllm.provider.NetworkSettings;
import dev.gatlingllm.provider.Proxies;
import dev.gatlingllm.provider.RequestHeaders;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.timing.NanoClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls to a host that only the proxy knows. */
class ProxiedCallsTest {

  private static final URI UNKNOWN_HERE = URI.create("http://llm.invalid:8000");

  private static Caller caller(Wire wire, Map<String, String> variables, Properties properties) {
    NetworkSettings network =
        new NetworkSettings(
            Duration.ofSeconds(4),
            RequestHeaders.NONE,
            Proxies.of(variables::get, properties),
            true);
    ClientSettings settings =
        ClientSettings.of(Duration.ofSeconds(30), 10, NanoClock.SYSTEM).with(network);
    return new Caller(wire.client(UNKNOWN_HERE, settings), NanoClock.SYSTEM, RetryPolicy.NONE);
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void theProxyOfTheEnvironmentOpensTheWay(Wire wire) throws Exception {
    try (Endpoint endpoint =
            new Endpoint(wire, exchange -> exchange.interim(103).answer("hello").flush());
        TunnelProxy proxy = new TunnelProxy(endpoint.uri());
        Caller caller =
            caller(
                wire,
                Map.of("http_proxy", "http://me:proxy-password@127.0.0.1:" + proxy.port()),
                new Properties())) {
      CallResult result = caller.call("one");

      assertThat(result.outcome()).as(result.errorDetail()).isEqualTo(Outcome.SUCCEEDED);
      assertThat(result.connection().tcpNanos()).isPresent();
      String credentials =
          Base64.getEncoder()
              .encodeToString("me:proxy-password".getBytes(StandardCharsets.US_ASCII));
      assertThat(proxy.heads())
          .singleElement()
          .asString()
          .startsWith("CONNECT llm.invalid:8000 HTTP/1.1\r\n")
          .containsIgnoringCase("proxy-authorization: Basic " + credentials);
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void theProxyOfThePropertiesOpensTheWay(Wire wire) throws Exception {
    try (Endpoint endpoint = new Endpoint(wire, exchange -> exchange.answer("hello").flush());
        TunnelProxy proxy = new TunnelProxy(endpoint.uri())) {
      Properties properties = new Properties();
      properties.setProperty("http.proxyHost", "127.0.0.1");
      properties.setProperty("http.proxyPort", String.valueOf(proxy.port()));
      try (Caller caller = caller(wire, Map.of(), properties)) {
        assertThat(caller.call("one").outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(proxy.heads()).hasSize(1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void aHostThatNoProxyNamesIsLookedUpHere(Wire wire) throws Exception {
    try (Endpoint endpoint = new Endpoint(wire, exchange -> exchange.answer("hello").flush());
        TunnelProxy proxy = new TunnelProxy(endpoint.uri());
        Caller caller =
            caller(
                wire,
                Map.of("HTTP_PROXY", "http://127.0.0.1:" + proxy.port(), "NO_PROXY", "a,.invalid"),
                new Properties())) {
      assertThat(caller.call("one").outcome()).isEqualTo(Outcome.UNREACHABLE);
      assertThat(proxy.heads()).isEmpty();
    }
  }
}
