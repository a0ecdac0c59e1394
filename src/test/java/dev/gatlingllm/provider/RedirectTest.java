package dev.gatlingllm.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectTest {

  @ParameterizedTest
  @CsvSource({
    "https://other.example/v1/login, redirected to https://other.example/v1/login",
    "https://other.example:8443, redirected to https://other.example:8443",
    "https://user:pw@other.example/a?token=t#f, redirected to https://other.example/a",
    "https://user:pw@other_host:8443/a, redirected to https://other_host:8443/a",
    "https://a@b@other.example/a, redirected to https://other.example/a",
    "https://other.example/a;jsessionid=17/b, redirected to https://other.example/a",
    "//other.example/a, redirected to //other.example/a",
    "/signin?next=/v1, redirected to /signin",
    "mailto:someone@example.org, 'redirected, but not to an HTTP address'",
    "'http://exa mple/%zz', 'redirected, but the address cannot be read'",
    "?token=t, 'redirected, but not to an HTTP address'",
    "' ', 'redirected, but the response does not say where'",
    ", 'redirected, but the response does not say where'",
  })
  void saysWhereToWithoutCredentials(String location, String message) {
    assertThat(Redirect.failure(302, Optional.ofNullable(location)))
        .isEqualTo(new Failure(Failure.Kind.REJECTED, 302, "redirect", message));
  }

  @Test
  void aVeryLongPlaceIsCut() {
    assertThat(Redirect.failure(307, Optional.of("/" + "a".repeat(100_000))).message())
        .hasSizeLessThan(400);
  }

  @Test
  void everyStatusFrom300To399IsOne() {
    assertThat(Redirect.is(299)).isFalse();
    assertThat(Redirect.is(300)).isTrue();
    assertThat(Redirect.is(399)).isTrue();
    assertThat(Redirect.is(400)).isFalse();
  }
}
