import Foundation
import HTTPTypes
import Testing

@testable import Server

/// The login cookie, the forms and the headers of all pages.
@Suite struct PageLoginTests {
    private let client: RouterClient
    private let browser: PageClient

    init() async throws {
        client = try await RouterClient(try School())
        browser = PageClient(client)
    }

    @Test func whoIsNotLoggedInIsLedToTheLoginAndBack() async throws {
        let asked = try await browser.get("/pages/me")
        #expect(asked.status == 303 && asked.location == "/pages/login?next=/pages/me")
        #expect(try await browser.get("/").location == "/pages")
        let student = try await client.member(.student)
        let form = try await browser.get("/pages/login?next=/pages/me")
        #expect(form.status == 200 && form.html.contains(#"name="next" value="/pages/me""#))
        let answer = try await browser.post(
            "/pages/login", ["email": student.email, "password": RouterClient.password, "next": "/pages/me"])
        #expect(answer.status == 303 && answer.location == "/pages/me")
        let cookie = try #require(answer.headers[values: .setCookie].first)
        for part in ["__Host-rollcall=", "Path=/", "Secure", "HttpOnly", "SameSite=Strict", "Max-Age=1800"] {
            #expect(cookie.contains(part), "\(part)")
        }
        #expect(try await browser.get("/pages").location == "/pages/me")
    }

    @Test(arguments: [
        "https://evil.example/", "//evil.example", "/pages//evil.example", "/pages\\evil", "javascript:1",
    ])
    func theLoginLeadsNowhereElse(_ next: String) async throws {
        let student = try await client.member(.student)
        let answer = try await browser.post(
            "/pages/login", ["email": student.email, "password": RouterClient.password, "next": next])
        #expect(answer.location == "/pages")
    }

    @Test func aWrongPasswordIsSaidAndTheAddressKept() async throws {
        let student = try await client.member(.student)
        let answer = try await browser.logIn(student, "wrong password")
        #expect(answer.status == 401 && answer.html.contains("is wrong") && answer.html.contains(student.email))
        #expect(answer.headers[.setCookie] == nil)
    }

    @Test func everyPageHasTheHeadersThatKeepOthersOut() async throws {
        let policy = try #require(HTTPField.Name("Content-Security-Policy"))
        for path in ["/pages/login", "/pages/assets/pages.css", "/pages/nothing"] {
            let answer = try await browser.get(path)
            #expect(answer.headers[policy]?.contains("default-src 'none'") == true, "\(path)")
            #expect(answer.headers[policy]?.contains("unsafe") == false, "\(path)")
        }
        #expect(try await browser.get("/pages/nothing").html.contains("There is no such page"))
    }

    @Test func aFormOfAnotherSiteOrAnotherLoginIsRefused() async throws {
        let student = try await client.member(.student)
        _ = try await browser.logIn(student)
        #expect(try await browser.post("/pages/logout", ["form_token": "wrong"]).status == 403)
        let site = try #require(HTTPField.Name("Sec-Fetch-Site"))
        #expect(try await browser.post("/pages/logout", [:], [site: "cross-site"]).status == 403)
        #expect(try await browser.post("/pages/login", ["email": "a"], [site: "cross-site"]).status == 403)
    }

    @Test func whoLogsOutIsOutWhateverCookieIsKept() async throws {
        let student = try await client.member(.student)
        _ = try await browser.logIn(student)
        let cookie = try #require(browser.cookies["__Host-rollcall"])
        let login = try #require(await client.routes.logins.tokens.read(cookie, now: Clock.now))
        let token = FormToken.of(login.session)
        let kept = browser.cookies
        let answer = try await browser.post("/pages/logout", ["form_token": token])
        #expect(answer.status == 303 && answer.location == "/pages/login")
        let other = PageClient(client)
        let asked = try await other.get("/pages/me", [.cookie: kept.map { "\($0)=\($1)" }.joined()])
        #expect(asked.location?.hasPrefix("/pages/login") == true)
    }

    /// A page that is left open on a desk asks for news all the time: that keeps nobody logged in.
    @Test func eventsAndPartsKeepNobodyLoggedIn() async throws {
        let admin = try await client.member(.admin)
        _ = try await browser.logIn(admin)
        let background = try #require(HTTPField.Name("X-Background"))
        #expect(try await browser.get("/pages/school").headers[.setCookie] != nil)
        #expect(try await browser.get("/pages/school/part", [background: "1"]).headers[.setCookie] == nil)
        browser.forgetLogin()
        #expect(try await browser.get("/pages/school/part", [background: "1"]).status == 401)
        #expect(try await browser.get("/pages/school/events", [.accept: "text/event-stream"]).status == 401)
    }

    @Test func thePagesSpeakTheReadersLanguage() async throws {
        browser.language = "fr-CH, de;q=0.8, en;q=0.7"
        #expect(try await browser.get("/pages/login").html.contains(#"<html lang="de">"#))
        _ = try await browser.post("/pages/language", ["language": "en"])
        #expect(try await browser.get("/pages/login").html.contains(#"<html lang="en">"#))
        #expect(try await browser.post("/pages/language", ["language": "xx"]).status == 400)
    }

    @Test func aFormIsReadAsBrowsersWriteIt() throws {
        let form = try #require(PageForm("a=x+y%2Bz&b=%3Cscript%3E&c=&d=1&d=2&e=%20%20k%20"))
        #expect(form["a"] == "x y+z" && form["b"] == "<script>" && form["c"] == nil && form["d"] == nil)
        #expect(form["e"] == "k" && form.exact("e") == "  k " && form.all("d") == ["1", "2"])
        #expect(PageForm("a=%ZZ") == nil && PageForm("a=%00") == nil)
    }
}
