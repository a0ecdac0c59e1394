package dev.gatlingllm.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.secret.Secret;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {

  private static final Map<String, String> NOTHING = Map.of();

  private static Optional<Proxy> on(
      Map<String, String> variables, Map<String, String> properties, String address) {
    Properties jvm = new Properties();
    jvm.putAll(properties);
    return Proxies.of(variables::get, jvm).of(URI.create(address));
  }

  private static String way(Map<String, String> variables, String address) {
    return on(variables, NOTHING, address)
        .map(proxy -> proxy.host() + ":" + proxy.port())
        .orElse("direct");
  }

  @Test
  void propertiesAreReadForTheSchemeOfTheAddress() {
    Map<String, String> properties =
        Map.of("https.proxyHost", "secure", "http.proxyHost", "plain", "http.proxyPort", "3128");
    assertThat(on(NOTHING, properties, "https://llm.example"))
        .contains(new Proxy("secure", 443, Optional.empty(), Optional.empty()));
    assertThat(on(NOTHING, properties, "http://llm.example"))
        .contains(new Proxy("plain", 3128, Optional.empty(), Optional.empty()));
  }

  @Test
  void propertiesComeBeforeVariables() {
    assertThat(
            on(
                    Map.of("HTTPS_PROXY", "http://variable:1", "NO_PROXY", "*"),
                    Map.of("https.proxyHost", "property"),
                    "https://llm.example")
                .map(Proxy::host))
        .contains("property");
  }

  @ParameterizedTest
  @CsvSource({
    "HTTPS_PROXY, https://llm.example, p:8080",
    "https_proxy, https://llm.example, p:8080",
    "HTTP_PROXY, https://llm.example, direct",
    "HTTP_PROXY, http://llm.example, p:8080",
    "http_proxy, http://llm.example, p:8080",
    "HTTPS_PROXY, http://llm.example, direct",
    "ALL_PROXY, http://llm.example, p:8080",
    "all_proxy, https://llm.example, p:8080"
  })
  void variablesAreReadForTheSchemeOfTheAddress(String variable, String address, String way) {
    assertThat(way(Map.of(variable, "http://p:8080"), address)).isEqualTo(way);
  }

  @ParameterizedTest
  @CsvSource({
    "http://p, p:80",
    "p:3128, p:3128",
    "http://p:3128/, p:3128",
    "http://[::1]:3, [::1]:3"
  })
  void anAddressOfAProxyMayBeShort(String proxy, String way) {
    assertThat(way(Map.of("HTTPS_PROXY", proxy), "https://llm.example")).isEqualTo(way);
  }

  @Test
  void credentialsStandInTheAddress() {
    assertThat(on(Map.of("HTTPS_PROXY", "http://me:p%40ss+1@p:1"), NOTHING, "https://llm.example"))
        .hasValueSatisfying(
            proxy -> {
              assertThat(proxy.user()).contains("me");
              assertThat(proxy.password().map(Secret::reveal)).contains("p@ss+1");
              assertThat(proxy.toString()).doesNotContain("p@ss");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "example.com | https://example.com | direct",
        "example.com | https://a.example.com | direct",
        "example.com | https://notexample.com | p:1",
        ".example.com | https://a.example.com | direct",
        "*.example.com | https://a.example.com | direct",
        "EXAMPLE.com | https://A.Example.COM | direct",
        "other, example.com | https://example.com | direct",
        "other example.com | https://example.com | direct",
        "example.com:8443 | https://example.com:8443 | direct",
        "example.com:8443 | https://example.com | p:1",
        "example.com:443 | https://example.com | direct",
        "* | https://example.com | direct",
        "10.0.0.0/8 | https://10.200.1.2 | direct",
        "10.0.0.0/8 | https://11.0.0.1 | p:1",
        "192.168.1.7 | https://192.168.1.7:9 | direct",
        "fd00::/8 | https://[fd00::1] | direct",
        "fd00::1 | https://[fd00::1] | direct",
        "10.0.0.0/99, 10.0.0.x/8, x/8 | https://10.0.0.1 | p:1"
      })
  void noProxyNamesWhatIsReachedDirectly(String noProxy, String address, String way) {
    assertThat(way(Map.of("HTTPS_PROXY", "http://p:1", "NO_PROXY", noProxy), address))
        .isEqualTo(way);
    assertThat(way(Map.of("https_proxy", "http://p:1", "no_proxy", noProxy), address))
        .isEqualTo(way);
  }

  @Test
  void nonProxyHostsHaveStarsAndBars() {
    Map<String, String> properties =
        Map.of("https.proxyHost", "p", "http.nonProxyHosts", "*.corp|llm.example|10.*");
    assertThat(on(NOTHING, properties, "https://a.corp")).isEmpty();
    assertThat(on(NOTHING, properties, "https://llm.example")).isEmpty();
    assertThat(on(NOTHING, properties, "https://10.1.2.3")).isEmpty();
    assertThat(on(NOTHING, properties, "https://a.llm.example")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:1", "http://127.0.0.1:1", "https://[::1]"})
  void thisMachineIsReachedDirectly(String address) {
    assertThat(way(Map.of("ALL_PROXY", "http://p:1"), address)).isEqualTo("direct");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "socks5://me:hidden@p:1",
        "https://me:hidden@p:1",
        "http://",
        "http://me:hidden@p:99999",
        "http://me:hid den@p"
      })
  void aProxyThatCannotBeUsedIsNamedByItsVariableAndNotShown(String value) {
    assertThatThrownBy(() -> way(Map.of("HTTPS_PROXY", value), "https://llm.example"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("HTTPS_PROXY")
        .hasMessageNotContaining("hid");
  }

  @Test
  void aPortThatIsNoneIsNamedByItsProperty() {
    assertThatThrownBy(
            () ->
                on(
                    NOTHING,
                    Map.of("https.proxyHost", "p", "https.proxyPort", "many"),
                    "https://llm.example"))
        .hasMessage("https.proxyPort must be a port from 1 to 65535, was many");
  }
}
