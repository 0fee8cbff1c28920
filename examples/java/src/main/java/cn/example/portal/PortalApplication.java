package cn.example.portal;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@SpringBootApplication
@RestController
public class PortalApplication {
  public static void main(String[] arguments) {
    SpringApplication.run(PortalApplication.class, arguments);
  }

  /** Any login. {@code sub} is the one key of the portal's own table of users. */
  @GetMapping("/")
  public String home(@AuthenticationPrincipal OidcUser user) {
    return user.getSubject() + " " + user.getIdToken().getClaimAsString("acr")
        + " " + user.getIdToken().getClaimAsString("account_kind");
  }

  /** Reached with level 1 or more alone: see {@link SecurityConfiguration}. */
  @GetMapping("/apply")
  public String apply(@AuthenticationPrincipal OidcUser user) {
    return user.getUserInfo().getClaimAsString("real_name");
  }
}
