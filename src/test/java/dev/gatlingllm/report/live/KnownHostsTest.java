package dev.gatlingllm.report.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownHostsTest {

  private static KnownHosts boundTo(String address) throws UnknownHostException {
    return new KnownHosts(new InetSocketAddress(InetAddress.getByName(address), 8089));
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:8089", "LOCALHOST:8089", "127.0.0.1:8089", "[::1]:8089"})
  void theNamesOfThisMachineAreKnown(String header) throws UnknownHostException {
    assertThat(boundTo("127.0.0.1").accept(header)).isTrue();
    assertThat(boundTo("0.0.0.0").accept(header)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example:8089",
        "localhost.evil.example:8089",
        "127.0.0.1.evil.example:8089",
        "127.0.0.1",
        "localhost:80",
        "localhost:8089 ,evil.example",
        "",
        ":8089",
        "[evil]:8089"
      })
  void anyOtherNameOrPortIsNot(String header) throws UnknownHostException {
    assertThat(boundTo("127.0.0.1").accept(header)).isFalse();
    assertThat(boundTo("0.0.0.0").accept(header)).isFalse();
  }

  @Test
  void anAddressOfTheMachineIsKnownOnlyWhereItListensBeyondLoopback() throws UnknownHostException {
    assertThat(boundTo("127.0.0.1").accept("192.0.2.7:8089")).isFalse();
    assertThat(boundTo("0.0.0.0").accept("192.0.2.7:8089")).isTrue();
    assertThat(boundTo("0.0.0.0").accept("[2001:db8::7]:8089")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.2", "::1"})
  void anAddressOfTheMachineAnswersUnderItsOwnName(String address) throws UnknownHostException {
    InetSocketAddress bound = new InetSocketAddress(InetAddress.getByName(address), 8089);
    String name = bound.getAddress().getHostAddress();
    String host = name.contains(":") ? "[" + name + "]" : name;
    assertThat(new KnownHosts(bound).accept(host + ":8089")).isTrue();
  }

  @Test
  void aRequestWithoutTheHeaderIsRefused() throws UnknownHostException {
    assertThat(boundTo("127.0.0.1").accept(null)).isFalse();
  }
}
