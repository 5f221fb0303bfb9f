package dev.jobprocessor.api.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;

/**
 * Who is signed in by a session. One that was begun with a key has only the key's hash:
 * each call asks anew whether that is valid, and with which roles.
 */
class SessionContexts implements SecurityContextRepository {

    private static final String KEY = "key";

    private final SecurityContextRepository people = new HttpSessionSecurityContextRepository();

    private final ApiKeyAuthenticationProvider keys;

    SessionContexts(ApiKeyAuthenticationProvider keys) {
        this.keys = keys;
    }

    @Override
    @Deprecated
    public SecurityContext loadContext(HttpRequestResponseHolder call) {
        HttpSession session = call.getRequest().getSession(false);
        return (session != null && session.getAttribute(KEY) instanceof String hash) ? ofKey(session, hash)
                : ofPerson(call.getRequest(), session);
    }

    private SecurityContext ofPerson(HttpServletRequest request, @Nullable HttpSession session) {
        SecurityContext context = this.people.loadDeferredContext(request).get();
        if (session != null && context.getAuthentication() instanceof AbstractAuthenticationToken person) {
            person.setDetails(session.getId());
        }
        return context;
    }

    private SecurityContext ofKey(HttpSession session, String hash) {
        KeyAuthentication valid = this.keys.findValid(hash);
        if (valid == null) {
            session.invalidate();
            return new SecurityContextImpl();
        }
        return new SecurityContextImpl(valid);
    }

    @Override
    public void saveContext(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
        if (context.getAuthentication() instanceof KeyAuthentication known) {
            request.getSession().setAttribute(KEY, known.key().hash());
        }
        else {
            this.people.saveContext(context, request, response);
        }
    }

    @Override
    public boolean containsContext(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session != null && (session.getAttribute(KEY) != null || this.people.containsContext(request));
    }

}
