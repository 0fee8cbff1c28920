package cn.example.portal;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.SecurityFilterChain;

@Configuration
public class SecurityConfiguration {
  private static final String BEGIN = "/oauth2/authorization";
  private static final String STEP_UP = BEGIN + "/tongxing?level=1";

  @Bean
  SecurityFilterChain security(HttpSecurity http, ClientRegistrationRepository sites) throws Exception {
    return http
        .authorizeHttpRequests(requests -> requests
            .requestMatchers("/apply").access((who, at) -> new AuthorizationDecision(reaches(who.get(), 1)))
            .anyRequest().authenticated())
        // Logged in, and the level is missing: to the provider again, which asks for no password.
        .exceptionHandling(refused -> refused
            .accessDeniedHandler((request, response, why) -> response.sendRedirect(STEP_UP)))
        .oauth2Login(login -> login
            .authorizationEndpoint(begin -> begin.authorizationRequestResolver(requests(sites))))
        .logout(logout -> logout.logoutSuccessHandler(atTheProviderToo(sites)))
        // Receives logout tokens at /logout/connect/back-channel/tongxing (Spring Security 6.2 and later).
        .oidcLogout(logout -> logout.backChannel(Customizer.withDefaults()))
        .build();
  }

  private static boolean reaches(Authentication who, int level) {
    return who != null && who.getPrincipal() instanceof OidcUser user
        && Levels.reaches(user.getIdToken().getClaimAsString("acr"), level);
  }

  /** PKCE always; a level as a must where the page asked for one. */
  private static OAuth2AuthorizationRequestResolver requests(ClientRegistrationRepository sites) {
    var plain = new DefaultOAuth2AuthorizationRequestResolver(sites, BEGIN);
    plain.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
    return new OAuth2AuthorizationRequestResolver() {
      @Override
      public OAuth2AuthorizationRequest resolve(HttpServletRequest request) {
        return withLevel(request, plain.resolve(request));
      }

      @Override
      public OAuth2AuthorizationRequest resolve(HttpServletRequest request, String site) {
        return withLevel(request, plain.resolve(request, site));
      }
    };
  }

  private static OAuth2AuthorizationRequest withLevel(HttpServletRequest asked, OAuth2AuthorizationRequest request) {
    if (request == null || !"1".equals(asked.getParameter("level"))) return request;
    return OAuth2AuthorizationRequest.from(request)
        .additionalParameters(more -> more.put("claims", Levels.must(1)))
        .build();
  }

  private static OidcClientInitiatedLogoutSuccessHandler atTheProviderToo(ClientRegistrationRepository sites) {
    var handler = new OidcClientInitiatedLogoutSuccessHandler(sites);
    handler.setPostLogoutRedirectUri("{baseUrl}/");
    return handler;
  }
}
