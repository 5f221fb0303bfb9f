package dev.jobprocessor.api.ui;

import java.time.Duration;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.io.ResourceLoader;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.EncodedResourceResolver;

/**
 * Serves the dashboard's files, compressed where the build left a {@code .gz} beside them
 * and the client accepts it. Those under assets/ have their content's hash in their names
 * and never change, all others are revalidated each time.
 */
class Dashboard implements WebMvcConfigurer {

    static final String PAGE = "index.html";

    private static final Logger log = LoggerFactory.getLogger(Dashboard.class);

    private final String location;

    Dashboard(UiSettings settings, ResourceLoader files) {
        this.location = settings.location();
        if (isServed() && !files.getResource(this.location + PAGE).exists()) {
            log.warn("There is no dashboard at {}: {} does not exist", this.location, PAGE);
        }
    }

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        if (isServed()) {
            registry.addViewController("/").setViewName("forward:/" + PAGE);
        }
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        if (isServed()) {
            registry.addResourceHandler("/assets/**")
                .addResourceLocations(this.location + "assets/")
                .setCacheControl(CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable())
                .resourceChain(false)
                .addResolver(gzip());
            registry.addResourceHandler("/**")
                .addResourceLocations(this.location)
                .setCacheControl(CacheControl.noCache())
                .resourceChain(false)
                .addResolver(gzip())
                .addResolver(new SpaResourceResolver());
        }
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        if (isServed()) {
            registry.addInterceptor(new RedirectToPage()).addPathPatterns("/**").excludePathPatterns("/assets/**");
        }
    }

    private static EncodedResourceResolver gzip() {
        EncodedResourceResolver resolver = new EncodedResourceResolver();
        resolver.setContentCodings(List.of("gzip"));
        return resolver;
    }

    private boolean isServed() {
        return !this.location.isEmpty();
    }

}
