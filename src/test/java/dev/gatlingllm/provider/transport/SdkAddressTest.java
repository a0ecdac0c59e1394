package dev.gatlingllm.provider.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class SdkAddressTest {

  @Test
  void aNameWithUnderscoresHasDashesInTheSdkOnly() {
    SdkAddress address = new SdkAddress(URI.create("http://my_vllm_1:8000/a_b"));

    assertThat(address.forSdk()).isEqualTo("http://my-vllm-1:8000/a_b");
    assertThat(address.of("http://my-vllm-1:8000/a_b/chat/completions?x=1"))
        .isEqualTo("http://my_vllm_1:8000/a_b/chat/completions?x=1");
  }

  @Test
  void anyOtherNameStays() {
    SdkAddress address = new SdkAddress(URI.create("https://host.example/v1"));

    assertThat(address.forSdk()).isEqualTo("https://host.example/v1");
    assertThat(address.of("https://host.example/v1/models"))
        .isEqualTo("https://host.example/v1/models");
  }
}
