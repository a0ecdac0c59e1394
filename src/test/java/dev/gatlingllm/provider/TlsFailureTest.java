package dev.gatlingllm.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class TlsFailureTest {

  private static String code(Throwable cause) {
    SSLHandshakeException outer = new SSLHandshakeException("General failure");
    outer.initCause(cause);
    return TlsFailure.of(outer).map(TlsFailure::code).orElse("");
  }

  @Test
  void theReasonIsFoundBelowWhatSaysNothing() {
    assertThat(code(new CertPathBuilderException("no valid path")))
        .isEqualTo("certificate-not-trusted");
    assertThat(code(new CertPathBuilderException("x", new CertificateExpiredException("y"))))
        .isEqualTo("certificate-expired");
    assertThat(code(new CertificateException("No name matching a found")))
        .isEqualTo("certificate-of-another-host");
    assertThat(
            code(
                new SSLException("Unsupported or unrecognized SSL message: not an SSL/TLS record")))
        .isEqualTo("no-tls");
    assertThat(code(new SSLException("Received fatal alert: protocol_version")))
        .isEqualTo("tls-version");
    assertThat(code(new SSLException("Received fatal alert: certificate_required")))
        .isEqualTo("client-certificate");
  }

  @Test
  void advisesToAddAnIssuerToATrustStore() {
    assertThat(TlsFailure.of(new CertPathBuilderException("no path")).orElseThrow().message())
        .startsWith("certificate not trusted:")
        .contains("-Djavax.net.ssl.trustStore=FILE")
        .endsWith("(no path)");
  }

  @Test
  void anotherFailureHasNoReason() {
    assertThat(TlsFailure.of(new SSLException("closed"))).isEqualTo(Optional.empty());
  }
}
